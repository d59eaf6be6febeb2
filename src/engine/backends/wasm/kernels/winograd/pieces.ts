import { type Integer, i32 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { type Emission, FLOAT, LANES } from '../kernel.js'
import type { SlidingWindow } from '../sliding-window.js'
import { type Cut, panelColumns, type Range } from './cut.js'
import { TileReader } from './tile-reader.js'
import { locateTile, newPlace, POINTS, pointFloats, type TilePlace, tilesOf } from './tiles.js'
import { inputTransform } from './transforms.js'

/** The algorithm as people read it. */
export const winogradName = 'Winograd F(4×4, 3×3)'

/** Positions that a tile must hold on average, of 16: with fewer a tile's 36 products save nothing over 9 a position. */
const MIN_POSITIONS_PER_TILE = 6

/**
 * Whether Winograd's way is open: undilated 3×3 windows, one cell apart, over whole vectors of channels and filters;
 * and whether it pays: with few channels the transforms cost more than the multiplications they save.
 */
export function suitsWinograd(w: SlidingWindow): boolean {
  const { images, rows, columns, view, filters, kernel, strides, dilation } = w
  return (
    !w.output &&
    kernel.every(length => length === 3) &&
    [...strides, ...dilation, ...view.insert].every(length => length === 1) &&
    [view.channels, filters].every(length => length % LANES === 0 && length >= 16) &&
    images * rows * columns >= MIN_POSITIONS_PER_TILE * tilesOf(w).all
  )
}

/** Floats of scratch: transformed tiles in and out, a patch, and what lies between two passes of a transform. */
export function winogradScratch({ tiles, channels, filters }: Cut): number {
  const transformed = pointFloats(tiles, channels.width) + pointFloats(tiles, panelColumns(filters))
  return POINTS * (transformed + Math.max(channels.width, filters.width) + LANES)
}

/** The tiles of one block, and where they are. */
export interface Parts {
  /** Floats from tile to tile among transformed inputs, and among products: whole panels. */
  readonly inputWidth: number
  readonly outputWidth: number
  /** Bytes from one point to the next, among inputs and among products. */
  readonly inputPoint: number
  readonly outputPoint: number
  readonly count: Local<'i32'>
  readonly first: Local<'i32'>
  readonly inputs: Local<'i32'>
  readonly outputs: Local<'i32'>
  readonly between: Local<'i32'>
  readonly patch: Local<'i32'>
}

/** Divides a thread's scratch memory, and says which tiles a block has. */
export function partsOf(
  { f, scratch }: Emission,
  w: SlidingWindow,
  { tiles, channels, filters }: Cut,
  block: Integer,
): Parts {
  const [inputWidth, outputWidth] = [channels.width, panelColumns(filters)]
  const inputPoint = pointFloats(tiles, inputWidth) * FLOAT
  const outputPoint = pointFloats(tiles, outputWidth) * FLOAT
  const first = f.i32(i32.mul(block, tiles))
  const inputs = f.i32(i32.add(scratch, POINTS * LANES * FLOAT))
  const outputs = f.i32(i32.add(inputs, POINTS * inputPoint))
  return {
    inputWidth,
    outputWidth,
    inputPoint,
    outputPoint,
    first,
    count: f.i32(i32.min(tiles, i32.sub(tilesOf(w).all, first))),
    inputs,
    outputs,
    between: scratch,
    patch: f.i32(i32.add(outputs, POINTS * outputPoint)),
  }
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

/** Fills `[POINTS][tiles][channels]` with the block's transformed tiles: of all channels, or of a share. */
export function readTiles(
  emission: Emission,
  w: SlidingWindow,
  parts: Parts,
  { input, channels }: { input: number; channels: Range },
): void {
  const { f } = emission
  const { inputs, inputWidth, inputPoint, between, patch } = parts
  const reader = new TileReader(f, inputTransform, w.view)
  const target = f.i32()
  eachTile(emission, w, parts, (place, index) => {
    f.set(target, i32.add(inputs, i32.mul(index, inputWidth * FLOAT)))
    reader.read({ input, place, target, channels, width: inputWidth, pointBytes: inputPoint, between, patch })
  })
}
