import { type Integer, i32 } from '../../assembler/expressions.js'
import type { FunctionBuilder } from '../../assembler/function.js'
import { FLOAT } from '../kernel.js'
import { PANEL, ROWS } from '../product-tile.js'
import type { SlidingWindow } from '../sliding-window.js'
import { POINTS, pointFloats, tilesOf } from './tiles.js'

/** Bytes of transformed tiles, in and out, that one block may take: they should stay in the L2 cache … */
const BLOCK_BYTES = 640 * 1024
/** … but with fewer tiles than this, every block would read the whole transformed kernel for too little work. */
const MIN_CACHED_TILES = 36
/** With fewer tiles still, the product loop waits for the kernel. */
const MIN_TILES = 8
/** A step is cut into so many pieces where it can be, so that threads end together. */
const PIECES = 16
/** Each share of filters transforms its own copy of the input, which so many filters make up for. */
const SHARE = 128
/** A gradient's share of channels or filters, at least: each transforms its own copy of the other side. */
const GRADIENT_SHARE = 64
/** Tiles of a group: so many pay for the memory its sums take; down to so few, where there would be too few groups. */
const MANY_TILES = 256
const FEW_TILES = 64
/** Bytes of a gradient's blocks: larger, because with each block the sums are taken up and laid down. */
const GRADIENT_BYTES = 4 * BLOCK_BYTES
/** Partial sums may take so many floats in all. */
const PARTIAL_FLOATS = 8 << 20

/** Channels or filters, in shares of `width` each; the last one may be narrower. */
export interface Shares {
  readonly all: number
  readonly count: number
  readonly width: number
}

/** How a Winograd step is cut into pieces: by shape alone. */
export interface Cut {
  /** Tiles that are transformed together. */
  readonly tiles: number
  readonly blocks: number
  readonly channels: Shares
  readonly filters: Shares
}

/** Groups of blocks are summed apart. */
export interface GradientCut extends Cut {
  readonly groups: number
}

function sharesOf(all: number, count: number): Shares {
  const width = Math.ceil(all / count / PANEL) * PANEL
  return count === 1 ? { all, count, width: all } : { all, count: Math.ceil(all / width), width }
}

/** Columns of a share, filled up to whole panels. */
export const panelColumns = ({ width }: Shares): number => Math.ceil(width / PANEL) * PANEL

/** A convolution: blocks of tiles; where there are few, each for a share of the filters. */
export function cutConvolution(w: SlidingWindow): Cut {
  const all = tilesOf(w).all
  const cached = cachedTiles(w.view.channels + w.filters)
  const few = Math.max(MIN_TILES, Math.ceil(all / PIECES))
  const shares = Math.ceil(all / cached) >= PIECES ? 1 : Math.max(1, Math.floor(w.filters / SHARE))
  const wanted = Math.ceil(PIECES / shares)
  const tiles = shares === 1 ? Math.min(cached, few) : Math.min(cached, Math.ceil(all / wanted))
  return cut(w, tiles, 1, shares)
}

/** A kernel's gradient: where the sums are many, a piece makes those of a share of channels and filters. */
export function cutGradient(w: SlidingWindow): GradientCut {
  const room = Math.floor(PARTIAL_FLOATS / partialFloats(w))
  const all = tilesOf(w).all
  const wanted = Math.max(Math.floor(all / MANY_TILES), Math.min(PIECES / 2, Math.floor(all / FEW_TILES)))
  const groups = Math.max(1, Math.min(PIECES, room, wanted))
  let [channels, filters] = [1, 1]
  const widest = () => Math.max(w.view.channels / channels, w.filters / filters)
  while (groups * channels * filters < PIECES && widest() >= 2 * GRADIENT_SHARE) {
    if (w.view.channels / channels > w.filters / filters) channels *= 2
    else filters *= 2
  }
  const columns = w.view.channels / channels + w.filters / filters
  const tiles = Math.max(MIN_CACHED_TILES, tilesWithin(GRADIENT_BYTES, columns))
  const parts = cut(w, Math.min(tiles, Math.ceil(all / groups)), channels, filters)
  return { ...parts, groups: Math.min(parts.blocks, groups) }
}

/** Floats of the sums over one group of tiles: `[POINTS][channels][filters]`. */
export const partialFloats = ({ view, filters }: SlidingWindow): number =>
  POINTS * pointFloats(view.channels, Math.ceil(filters / PANEL) * PANEL)

const cachedTiles = (columns: number): number => Math.max(MIN_CACHED_TILES, tilesWithin(BLOCK_BYTES, columns))

const tilesWithin = (bytes: number, columns: number): number => Math.floor(bytes / (POINTS * FLOAT * columns))

function cut(w: SlidingWindow, wanted: number, channels: number, filters: number): Cut {
  const all = tilesOf(w).all
  const tiles =
    all <= ROWS ? all + (all % 2) : Math.floor(Math.max(ROWS, Math.min(wanted, all)) / ROWS) * ROWS
  return {
    tiles,
    blocks: Math.ceil(all / tiles),
    channels: sharesOf(w.view.channels, channels),
    filters: sharesOf(w.filters, filters),
  }
}

/** Part of a dimension: constants where there is one share only. */
export interface Range {
  readonly first: Integer
  readonly length: Integer
}

export function shareAt(f: FunctionBuilder, { all, count, width }: Shares, index: Integer): Range {
  if (count === 1) return { first: 0, length: all }
  const first = f.i32(i32.mul(index, width))
  return { first, length: f.i32(i32.min(width, i32.sub(all, first))) }
}
