import { type Expression, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { panelsOf } from '../epilogue.js'
import { type Emission, FLOAT, type Kernel, type KernelStep, LANES } from '../kernel.js'
import { PANEL, PANEL_VECTORS, ProductTile, TILE_ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import { cutGradient, type GradientCut, partialFloats, type Range, shareAt } from './cut.js'
import {
  eachTile,
  type Parts,
  partsOf,
  readTiles,
  suitsWinograd,
  winogradName,
  winogradScratch,
} from './pieces.js'
import { TileReader } from './tile-reader.js'
import { INPUT_TILE, POINTS } from './tiles.js'
import { gradientTransform, kernelGradientTransform, SquareTransform } from './transforms.js'

/** The transforms' own rounding must stay below that of the sum, which for few positions is small. */
const MIN_POSITIONS = 256

export const suitsWinogradGradient = (w: SlidingWindow): boolean =>
  suitsWinograd(w) && w.images * w.rows * w.columns >= MIN_POSITIONS

/**
 * The kernel's gradient over the same tiles: tiles of the picture and of dy are transformed, for each of the 36 points
 * multiplied and summed over all tiles, and the sums transformed back to 3×3. x is input 0, dy input 1.
 */
export function winogradKernelGradient(w: SlidingWindow): Kernel {
  const cut = cutGradient(w)
  return {
    algorithm: winogradName,
    steps: [
      {
        name: 'conv2d kernel gradient, Winograd',
        pieces: cut.groups * cut.channels.count * cut.filters.count,
        emit: emission => emitGroup(emission, w, cut),
      },
      transformBackStep(w, cut.groups),
    ],
    temporaries: [cut.groups * partialFloats(w)],
    scratch: winogradScratch(cut),
  }
}

/** The sums of one share of channels and filters over one group of tiles, a block that fits the cache at a time. */
function emitGroup(emission: Emission, w: SlidingWindow, cut: GradientCut): void {
  const { f, at, piece } = emission
  const { blocks, groups } = cut
  const channels = shareAt(f, cut.channels, i32.rem(piece, cut.channels.count))
  const rest = f.i32(i32.div(piece, cut.channels.count))
  const filters = shareAt(f, cut.filters, i32.rem(rest, cut.filters.count))
  const group = f.i32(i32.div(rest, cut.filters.count))
  const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(group, partialFloats(w) * FLOAT)))
  const begin = f.i32(i32.div(i32.mul(group, blocks), groups))
  const end = f.i32(i32.div(i32.mul(i32.add(group, 1), blocks), groups))
  const block = f.i32()
  f.for(block, begin, end, 1, () => {
    const parts = partsOf(emission, w, cut, block)
    readTiles(emission, w, parts, { input: at.inputs[0]!, channels })
    readGradientTiles(emission, w, parts, { input: at.inputs[1]!, filters })
    addProducts(emission, w, parts, { channels, filters, partial, isFirst: i32.eq(block, begin) })
  })
}

/** Fills `[POINTS][tiles][filters]` with the transformed tiles of dy. */
function readGradientTiles(
  emission: Emission,
  w: SlidingWindow,
  parts: Parts,
  { input, filters }: { input: number; filters: Range },
): void {
  const { f } = emission
  const { outputs, outputWidth: width, outputPoint: pointBytes, between, patch } = parts
  const pictures = { height: w.rows, width: w.columns, channels: w.filters, top: 0, left: 0 }
  const reader = new TileReader(f, gradientTransform, pictures)
  const target = f.i32()
  eachTile(emission, w, parts, (place, index) => {
    f.set(target, i32.add(outputs, i32.mul(index, width * FLOAT)))
    reader.read({ input, place, target, channels: filters, width, pointBytes, between, patch })
  })
}

interface Sums {
  readonly channels: Range
  readonly filters: Range
  readonly partial: Local<'i32'>
  /** Whether these are the group's first products, and the memory of its sums holds anything. */
  readonly isFirst: Expression<'i32'>
}

/** For each point adds channels × tiles times tiles × filters to the sums `[POINTS][channels][filters]`. */
function addProducts({ f }: Emission, w: SlidingWindow, parts: Parts, sums: Sums): void {
  const { count, inputs, outputs, inputPoint, outputPoint, inputWidth, outputWidth } = parts
  const { channels, filters, partial, isFirst } = sums
  const row = panelsOf(w.filters).all * PANEL
  const tile = new ProductTile(f)
  const [point, channel, column] = [f.i32(), f.i32(), f.i32()]
  const [a, b, target] = [f.i32(), f.i32(), f.i32()]
  const size = [TILE_ROWS, PANEL_VECTORS] as const
  f.for(point, 0, POINTS, 1, () =>
    f.for(channel, 0, channels.length, TILE_ROWS, () =>
      f.for(column, 0, filters.length, PANEL, () => {
        f.set(a, i32.add(i32.add(inputs, i32.mul(point, inputPoint)), i32.mul(channel, FLOAT)))
        f.set(b, i32.add(i32.add(outputs, i32.mul(point, outputPoint)), i32.mul(column, FLOAT)))
        const place = i32.add(i32.mul(i32.add(channels.first, channel), row), i32.add(filters.first, column))
        const start = i32.add(partial, i32.mul(point, (partialFloats(w) / POINTS) * FLOAT))
        f.set(target, i32.add(start, i32.mul(place, FLOAT)))
        f.if(
          isFirst,
          () => tile.clear(...size),
          () => tile.load(...size, target, row * FLOAT),
        )
        tile.multiply({
          rows: TILE_ROWS,
          vectors: PANEL_VECTORS,
          a,
          rowBytes: FLOAT,
          aStep: inputWidth * FLOAT,
          b,
          bStep: outputWidth * FLOAT,
          count,
        })
        tile.store(...size, target, row * FLOAT)
      }),
    ),
  )
}

/** Adds the groups' sums in the order of the groups and transforms them back: the filters of one channel a piece. */
function transformBackStep(w: SlidingWindow, groups: number): KernelStep {
  const { channels } = w.view
  const products = panelsOf(w.filters).all * PANEL
  const pointBytes = (partialFloats(w) / POINTS) * FLOAT
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
