import type { Epilogue } from '../../../../ops/attributes.js'
import { type Expression, f32, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { activated } from '../activation.js'
import { panelsOf } from '../epilogue.js'
import { type Emission, FLOAT, type KernelStep, LANES } from '../kernel.js'
import { PANEL, PANEL_VECTORS, ProductTile, TILE_ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import {
  INPUT_TILE,
  locateTile,
  newPlace,
  OUTPUT_TILE,
  POINTS,
  type TilePlace,
  TileReader,
  tilesOf,
} from './tiles.js'
import { inputTransform, kernelTransform, outputTransform, SquareTransform } from './transforms.js'

/** Bytes of transformed tiles, in and out, that one piece may take: they should stay in the L2 cache. */
const TILE_BYTES = 640 * 1024
const MIN_PIECES = 16

/** Positions that a tile must hold on average, of 16: with fewer a tile's 36 products save nothing over 9 a position. */
const MIN_POSITIONS_PER_TILE = 6

/**
 * Whether Winograd's way is open: undilated 3×3 windows, one cell apart, over whole vectors of channels and filters;
 * and whether it pays: with few channels the transforms cost more than the multiplications they save.
 */
export function suitsWinograd(w: SlidingWindow): boolean {
  const { images, rows, columns, view, filters, kernel, strides, dilation } = w
  return (
    kernel.every(length => length === 3) &&
    [...strides, ...dilation, ...view.insert].every(length => length === 1) &&
    [view.channels, filters].every(length => length % LANES === 0 && length >= 16) &&
    images * rows * columns >= MIN_POSITIONS_PER_TILE * tilesOf(w).all
  )
}

/** Tiles that one piece computes; a multiple of the product tile's rows. */
export function tilesPerPiece(w: SlidingWindow): number {
  const cached = Math.floor(TILE_BYTES / (POINTS * FLOAT * (w.view.channels + w.filters)))
  const shared = Math.ceil(tilesOf(w).all / MIN_PIECES)
  return Math.max(1, Math.floor(Math.min(cached, shared) / TILE_ROWS)) * TILE_ROWS
}

export const winogradKernelSize = ({ view, filters }: SlidingWindow): number =>
  POINTS * view.channels * panelsOf(filters).all * PANEL

/** Floats of scratch: transformed tiles in and out, a patch, and what lies between two passes of a transform. */
export function winogradScratch(w: SlidingWindow): number {
  const { view, filters } = w
  const products = panelsOf(filters).all * PANEL
  const patch = POINTS * Math.max(view.channels, filters)
  return POINTS * tilesPerPiece(w) * (view.channels + products) + patch + POINTS * LANES
}

/** How the kernel lies in memory, in floats: the distance between its rows, cells, channels and filters. */
export interface KernelView {
  readonly first: number
  readonly row: number
  readonly cell: number
  readonly channel: number
  readonly filter: number
}

/** Transforms the kernel into `[POINTS][panels][channels][PANEL]`; filters beyond the last are zeros. */
export function transformKernelStep(
  w: SlidingWindow,
  view: KernelView,
  input: number,
  temporary: number,
): KernelStep {
  const { channels } = w.view
  const panels = panelsOf(w.filters).all
  const pointBytes = panels * channels * PANEL * FLOAT
  const emit = ({ f, at, piece: channel, scratch }: Emission) => {
    const square = new SquareTransform(f, kernelTransform)
    const [from, to] = [f.i32(), f.i32()]
    const start = f.i32(
      i32.add(at.inputs[input]! + view.first * FLOAT, i32.mul(channel, view.channel * FLOAT)),
    )
    const vector = f.i32()
    f.for(vector, 0, panels * PANEL_VECTORS, 1, () => {
      f.set(from, i32.add(start, i32.mul(vector, LANES * view.filter * FLOAT)))
      const panel = i32.mul(i32.div(vector, PANEL_VECTORS), channels)
      const row = i32.mul(i32.add(panel, channel), PANEL * FLOAT)
      const half = i32.mul(i32.rem(vector, PANEL_VECTORS), LANES * FLOAT)
      f.set(to, i32.add(i32.add(at.temporaries[temporary]!, row), half))
      const real = i32.lt(vector, w.filters / LANES)
      f.if(
        real,
        () =>
          square.emit(
            scratch,
            (r, s) => fourFilters(f, i32.add(from, (r * view.row + s * view.cell) * FLOAT), view.filter),
            (r, s, value) => f.storeVector(to, value, (r * INPUT_TILE + s) * pointBytes),
          ),
        () => {
          for (let point = 0; point < POINTS; point++) f.storeVector(to, 0, point * pointBytes)
        },
      )
    })
  }
  return { name: 'transform kernel', pieces: channels, emit }
}

/** The weights of four filters: one vector where they lie side by side. */
function fourFilters(f: FunctionBuilder, address: Expression<'i32'>, stride: number): Expression<'v128'> {
  if (stride === 1) return v128.load(address)
  const base = f.i32(address)
  const lanes = [0, 1, 2, 3].map(lane => f32.load(i32.add(base, lane * stride * FLOAT)))
  return f32x4.join(lanes)
}

/** The tiles of one piece, and where they are. */
export interface Parts {
  readonly tiles: number
  readonly channels: number
  /** Filters, rounded up to whole panels. */
  readonly products: number
  readonly count: Local<'i32'>
  readonly first: Local<'i32'>
  readonly inputs: Local<'i32'>
  readonly outputs: Local<'i32'>
  readonly between: Local<'i32'>
  readonly patch: Local<'i32'>
}

/** Divides a thread's scratch memory, and says which tiles a piece has. */
export function partsOf({ f, scratch }: Emission, w: SlidingWindow, first: Expression<'i32'>): Parts {
  const tiles = tilesPerPiece(w)
  const { channels } = w.view
  const products = panelsOf(w.filters).all * PANEL
  const start = f.i32(first)
  const inputs = f.i32(i32.add(scratch, POINTS * LANES * FLOAT))
  const outputs = f.i32(i32.add(inputs, POINTS * tiles * channels * FLOAT))
  return {
    tiles,
    channels,
    products,
    first: start,
    count: f.i32(i32.min(tiles, i32.sub(tilesOf(w).all, start))),
    inputs,
    outputs,
    between: scratch,
    patch: f.i32(i32.add(outputs, POINTS * tiles * products * FLOAT)),
  }
}

/**
 * A convolution by Winograd's F(4×4, 3×3): 36 multiplications in the place of 144. Input tiles are transformed, for each of
 * the 36 points multiplied with the transformed kernel, and the products transformed back, with bias and activation.
 */
export function winogradStep(
  name: string,
  w: SlidingWindow,
  { input, temporary }: { input: number; temporary: number },
  epilogue?: Epilogue,
): KernelStep {
  const tiles = tilesPerPiece(w)
  const emit = (emission: Emission) => {
    const { at, piece } = emission
    const parts = partsOf(emission, w, i32.mul(piece, tiles))
    readTiles(emission, w, parts, at.inputs[input]!)
    multiplyPoints(emission, parts, at.temporaries[temporary]!)
    writeTiles(emission, w, parts, epilogue)
  }
  return { name, pieces: Math.ceil(tilesOf(w).all / tiles), emit }
}

/** Calls `body` for every tile of the piece; `index` counts from 0. */
export function eachTile(
  { f }: Emission,
  w: SlidingWindow,
  { first, count }: Parts,
  body: (place: TilePlace, index: Local<'i32'>) => void,
): void {
  const [index, tile] = [f.i32(), f.i32()]
  const place = newPlace(f)
  f.for(index, 0, count, 1, () => {
    f.set(tile, i32.add(first, index))
    locateTile(f, place, tile, tilesOf(w))
    body(place, index)
  })
}

/** Fills `[POINTS][tiles][channels]` with the transformed tiles of the piece. */
export function readTiles(emission: Emission, w: SlidingWindow, parts: Parts, input: number): void {
  const { f } = emission
  const { tiles, channels, inputs, between, patch } = parts
  const reader = new TileReader(f, inputTransform, w.view)
  const target = f.i32()
  eachTile(emission, w, parts, (place, index) => {
    f.set(target, i32.add(inputs, i32.mul(index, channels * FLOAT)))
    reader.read({ input, place, target, pointBytes: tiles * channels * FLOAT, between, patch })
  })
}

/** For each point: tiles × channels times channels × filters. Rows beyond the last tile compute what nobody reads. */
function multiplyPoints({ f }: Emission, parts: Parts, kernel: number): void {
  const { tiles, channels, products, count, inputs, outputs } = parts
  const tile = new ProductTile(f)
  const [point, panel, row] = [f.i32(), f.i32(), f.i32()]
  const [a, b, target] = [f.i32(), f.i32(), f.i32()]
  const weights = f.i32(kernel)
  f.for(point, 0, POINTS, 1, () =>
    f.for(panel, 0, products / PANEL, 1, () => {
      f.for(row, 0, count, TILE_ROWS, () => {
        const position = i32.add(i32.mul(point, tiles), row)
        f.set(a, i32.add(inputs, i32.mul(position, channels * FLOAT)))
        f.set(b, weights)
        tile.clear(TILE_ROWS, PANEL_VECTORS)
        tile.multiply({
          rows: TILE_ROWS,
          vectors: PANEL_VECTORS,
          a,
          rowBytes: channels * FLOAT,
          aStep: FLOAT,
          b,
          bStep: PANEL * FLOAT,
          count: channels,
        })
        const column = i32.mul(panel, PANEL * FLOAT)
        f.set(target, i32.add(i32.add(outputs, i32.mul(position, products * FLOAT)), column))
        tile.store(TILE_ROWS, PANEL_VECTORS, target, products * FLOAT)
      })
      f.increase(weights, channels * PANEL * FLOAT)
    }),
  )
}

/** Transforms the products back and stores the cells that lie in the output. */
function writeTiles(
  emission: Emission,
  w: SlidingWindow,
  parts: Parts,
  epilogue: Epilogue | undefined,
): void {
  const { f, at } = emission
  const { tiles, products, outputs, between } = parts
  const square = new SquareTransform(f, outputTransform)
  const [source, target, bias, value] = [f.i32(), f.i32(), f.i32(), f.v128()]
  const cell = w.filters * FLOAT
  eachTile(emission, w, parts, ({ image, y, x }, index) => {
    f.set(source, i32.add(outputs, i32.mul(index, products * FLOAT)))
    const row = i32.add(i32.mul(image, w.rows), y)
    f.set(target, i32.add(at.output, i32.mul(i32.add(i32.mul(row, w.columns), x), cell)))
    f.set(bias, at.inputs[2] ?? 0)
    f.for(f.i32(), 0, w.filters, LANES, () => {
      square.emit(
        between,
        (r, s) => v128.load(source, (r * INPUT_TILE + s) * tiles * products * FLOAT),
        (r, s, sum) => {
          f.set(value, sum)
          if (epilogue?.bias) f.set(value, f32x4.add(value, v128.load(bias)))
          if (epilogue) f.set(value, activated(emission, epilogue.activation, value))
          const store = () => f.storeVector(target, value, (r * w.columns + s) * cell)
          if (w.rows % OUTPUT_TILE === 0 && w.columns % OUTPUT_TILE === 0) store()
          else f.if(i32.and(i32.lt(i32.add(y, r), w.rows), i32.lt(i32.add(x, s), w.columns)), store)
        },
      )
      for (const pointer of [source, target, bias]) f.increase(pointer, LANES * FLOAT)
    })
  })
}
