import { i32 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import type { SlidingWindow } from '../sliding-window.js'

/** A tile of the output is so many cells wide and high, the cells of the picture under it two more. */
export const OUTPUT_TILE = 4
export const INPUT_TILE = 6
/** Numbers a transformed tile has in each channel. */
export const POINTS = INPUT_TILE * INPUT_TILE
/** Floats left free between two points: an odd number of cache lines. */
const POINT_GAP = 80

/**
 * Floats from one point to the next of numbers that lie `[POINTS][rows][columns]`. Without a gap a round size would put
 * the same place of all 36 points into the same few lines of the L1 cache, where they drive each other out.
 */
export const pointFloats = (rows: number, columns: number): number => rows * columns + POINT_GAP

/** The output of a batch cut into tiles: numbered picture by picture, row by row. */
export interface Tiles {
  readonly across: number
  readonly inPicture: number
  readonly all: number
}

export function tilesOf({ images, rows, columns }: SlidingWindow): Tiles {
  const across = Math.ceil(columns / OUTPUT_TILE)
  const inPicture = across * Math.ceil(rows / OUTPUT_TILE)
  return { across, inPicture, all: inPicture * images }
}

/** Which picture a tile lies in, and where its output begins there. */
export interface TilePlace {
  readonly image: Local<'i32'>
  readonly y: Local<'i32'>
  readonly x: Local<'i32'>
}

/** Sets the place of tile number `tile`. */
export function locateTile(f: FunctionBuilder, place: TilePlace, tile: Local<'i32'>, tiles: Tiles): void {
  f.set(place.image, i32.div(tile, tiles.inPicture))
  const inside = i32.rem(tile, tiles.inPicture)
  f.set(place.y, i32.mul(i32.div(inside, tiles.across), OUTPUT_TILE))
  f.set(place.x, i32.mul(i32.rem(inside, tiles.across), OUTPUT_TILE))
}

export const newPlace = (f: FunctionBuilder): TilePlace => ({ image: f.i32(), y: f.i32(), x: f.i32() })
