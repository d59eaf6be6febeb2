import { f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { panelsOf } from '../epilogue.js'
import { groupStart } from '../groups.js'
import { type Emission, FLOAT, type Kernel, type KernelStep, LANES } from '../kernel.js'
import { PANEL, PANEL_VECTORS, ProductTile, TILE_ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import {
  eachTile,
  type Parts,
  partsOf,
  readTiles,
  suitsWinograd,
  tilesPerPiece,
  winogradName,
  winogradScratch,
} from './pieces.js'
import { INPUT_TILE, POINTS, TileReader, tilesOf } from './tiles.js'
import { gradientTransform, kernelGradientTransform, SquareTransform } from './transforms.js'

/** Partial sums may take so many floats in all. */
const PARTIAL_FLOATS = 4 << 20
const GROUPS = 16

/** The transforms' own rounding must stay below that of the sum, which for few positions is small. */
const MIN_POSITIONS = 256

export const suitsWinogradGradient = (w: SlidingWindow): boolean =>
  suitsWinograd(w) && w.images * w.rows * w.columns >= MIN_POSITIONS

/** Groups of tiles that are summed apart; by shape alone, so that every sum has its order. */
function groupsOf(w: SlidingWindow): number {
  const blocks = Math.ceil(tilesOf(w).all / tilesPerPiece(w))
  return Math.max(1, Math.min(blocks, GROUPS, Math.floor(PARTIAL_FLOATS / partialFloats(w))))
}

const partialFloats = ({ view, filters }: SlidingWindow): number =>
  POINTS * view.channels * panelsOf(filters).all * PANEL

/**
 * The kernel's gradient over the same tiles: tiles of the picture and of dy are transformed, for each of the 36 points
 * multiplied and summed over all tiles, and the sums transformed back to 3×3. x is input 0, dy input 1.
 */
export function winogradKernelGradient(w: SlidingWindow): Kernel {
  const groups = groupsOf(w)
  return {
    algorithm: winogradName,
    steps: [
      {
        name: 'conv2d kernel gradient, Winograd',
        pieces: groups,
        emit: emission => emitGroup(emission, w, groups),
      },
      transformBackStep(w, groups),
    ],
    temporaries: [groups * partialFloats(w)],
    scratch: winogradScratch(w),
  }
}

/** The sums over one group of tiles, a block that fits the cache at a time. */
function emitGroup(emission: Emission, w: SlidingWindow, groups: number): void {
  const { f, at, piece } = emission
  const tiles = tilesPerPiece(w)
  const blocks = Math.ceil(tilesOf(w).all / tiles)
  const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(piece, partialFloats(w) * FLOAT)))
  const block = f.i32(groupStart(piece, blocks, groups))
  const end = f.i32(groupStart(i32.add(piece, 1), blocks, groups))
  f.clear(partial, partialFloats(w) * FLOAT)
  f.while(i32.lt(block, end), () => {
    const parts = partsOf(emission, w, i32.mul(block, tiles))
    readTiles(emission, w, parts, at.inputs[0]!)
    readGradientTiles(emission, w, parts, at.inputs[1]!)
    addProducts(emission, parts, partial)
    f.increase(block, 1)
  })
}

/** Fills `[POINTS][tiles][products]` with the transformed tiles of dy. */
function readGradientTiles(emission: Emission, w: SlidingWindow, parts: Parts, input: number): void {
  const { f } = emission
  const { products, outputs, between, patch } = parts
  const pictures = { height: w.rows, width: w.columns, channels: w.filters, top: 0, left: 0 }
  const reader = new TileReader(f, gradientTransform, pictures)
  const target = f.i32()
  eachTile(emission, w, parts, (place, index) => {
    f.set(target, i32.add(outputs, i32.mul(index, products * FLOAT)))
    reader.read({ input, place, target, pointBytes: parts.outputPoint, between, patch })
  })
}

/** For each point adds channels × tiles times tiles × filters to the sums `[POINTS][channels][products]`. */
function addProducts({ f }: Emission, parts: Parts, partial: Local<'i32'>): void {
  const { channels, products, count, inputs, outputs } = parts
  const tile = new ProductTile(f)
  const [point, channel, panel] = [f.i32(), f.i32(), f.i32()]
  const [a, b] = [f.i32(), f.i32()]
  const target = f.i32(partial)
  f.for(point, 0, POINTS, 1, () =>
    f.for(channel, 0, channels, TILE_ROWS, () => {
      f.for(panel, 0, products / PANEL, 1, () => {
        f.set(a, i32.add(i32.add(inputs, i32.mul(point, parts.inputPoint)), i32.mul(channel, FLOAT)))
        const column = i32.mul(panel, PANEL * FLOAT)
        f.set(b, i32.add(i32.add(outputs, i32.mul(point, parts.outputPoint)), column))
        tile.load(TILE_ROWS, PANEL_VECTORS, target, products * FLOAT)
        tile.multiply({
          rows: TILE_ROWS,
          vectors: PANEL_VECTORS,
          a,
          rowBytes: FLOAT,
          aStep: channels * FLOAT,
          b,
          bStep: products * FLOAT,
          count,
        })
        tile.store(TILE_ROWS, PANEL_VECTORS, target, products * FLOAT)
        f.increase(target, PANEL * FLOAT)
      })
      f.increase(target, (TILE_ROWS - 1) * products * FLOAT)
    }),
  )
}

/** Adds the groups' sums in the order of the groups and transforms them back: the filters of one channel a piece. */
function transformBackStep(w: SlidingWindow, groups: number): KernelStep {
  const { channels } = w.view
  const products = panelsOf(w.filters).all * PANEL
  const pointBytes = channels * products * FLOAT
  const emit = ({ f, at, piece: channel, scratch }: Emission) => {
    const square = new SquareTransform(f, kernelGradientTransform)
    const source = f.i32(i32.add(at.temporaries[0]!, i32.mul(channel, products * FLOAT)))
    const target = f.i32(i32.add(at.output, i32.mul(channel, w.filters * FLOAT)))
    const sums = f.i32(i32.add(scratch, POINTS * LANES * FLOAT))
    f.for(f.i32(), 0, w.filters, LANES, () => {
      addGroups(f, { source, sums, groups, pointBytes })
      square.emit(
        scratch,
        (r, s) => v128.load(sums, (r * INPUT_TILE + s) * LANES * FLOAT),
        (r, s, value) => f.storeVector(target, value, (r * 3 + s) * channels * w.filters * FLOAT),
      )
      f.increase(source, LANES * FLOAT)
      f.increase(target, LANES * FLOAT)
    })
  }
  return { name: 'transform back', pieces: channels, emit }
}

/** Sums `[groups][POINTS]` vectors over the groups. */
function addGroups(
  f: Emission['f'],
  g: { source: Local<'i32'>; sums: Local<'i32'>; groups: number; pointBytes: number },
): void {
  const [point, from, to, sum] = [f.i32(), f.i32(), f.i32(g.sums), f.v128()]
  f.for(point, 0, POINTS, 1, () => {
    f.set(from, i32.add(g.source, i32.mul(point, g.pointBytes)))
    f.set(sum, v128.load(from))
    f.for(f.i32(), 1, g.groups, 1, () => {
      f.increase(from, POINTS * g.pointBytes)
      f.set(sum, f32x4.add(sum, v128.load(from)))
    })
    f.storeVector(to, sum)
    f.increase(to, LANES * FLOAT)
  })
}
