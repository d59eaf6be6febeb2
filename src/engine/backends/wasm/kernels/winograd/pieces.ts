import { type Expression, i32 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { panelsOf } from '../epilogue.js'
import { type Emission, FLOAT, LANES } from '../kernel.js'
import { PANEL, TILE_ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import { locateTile, newPlace, POINTS, pointFloats, type TilePlace, TileReader, tilesOf } from './tiles.js'
import { inputTransform } from './transforms.js'

/** The algorithm as people read it. */
export const winogradName = 'Winograd F(4×4, 3×3)'

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
    !w.output &&
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

/** Floats of scratch: transformed tiles in and out, a patch, and what lies between two passes of a transform. */
export function winogradScratch(w: SlidingWindow): number {
  const { view, filters } = w
  const products = panelsOf(filters).all * PANEL
  const patch = POINTS * Math.max(view.channels, filters)
  const tiles = tilesPerPiece(w)
  return POINTS * (pointFloats(tiles, view.channels) + pointFloats(tiles, products)) + patch + POINTS * LANES
}

/** The tiles of one piece, and where they are. */
export interface Parts {
  readonly tiles: number
  readonly channels: number
  /** Filters, rounded up to whole panels. */
  readonly products: number
  /** Bytes from one point to the next, among inputs and among outputs. */
  readonly inputPoint: number
  readonly outputPoint: number
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
  const [inputPoint, outputPoint] = [channels, products].map(width => pointFloats(tiles, width) * FLOAT) as [
    number,
    number,
  ]
  const outputs = f.i32(i32.add(inputs, POINTS * inputPoint))
  return {
    tiles,
    channels,
    products,
    inputPoint,
    outputPoint,
    first: start,
    count: f.i32(i32.min(tiles, i32.sub(tilesOf(w).all, start))),
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

/** Fills `[POINTS][tiles][channels]` with the transformed tiles of the piece. */
export function readTiles(emission: Emission, w: SlidingWindow, parts: Parts, input: number): void {
  const { f } = emission
  const { channels, inputs, between, patch } = parts
  const reader = new TileReader(f, inputTransform, w.view)
  const target = f.i32()
  eachTile(emission, w, parts, (place, index) => {
    f.set(target, i32.add(inputs, i32.mul(index, channels * FLOAT)))
    reader.read({ input, place, target, pointBytes: parts.inputPoint, between, patch })
  })
}
