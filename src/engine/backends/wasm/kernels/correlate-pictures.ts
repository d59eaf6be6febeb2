import { type Integer, i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Finish, finishTile, panelsOf } from './epilogue.js'
import { groupStart } from './groups.js'
import { type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'
import { PANEL, ProductTile, ROWS } from './product-tile.js'
import { rowTiles } from './row-tiles.js'
import { outputGrid, type SlidingWindow } from './sliding-window.js'

/** From this share of products with padding on, it pays to leave them out. */
const WASTE = 0.25
/** So many pictures, from which a tile's rows come, should stay in the L2 cache. */
const PICTURES = ROWS
const PICTURES_BYTES = 512 * 1024
/** A step is cut into at least so many pieces where it can be, so that threads end together. */
const MIN_PIECES = 16

/** Whether pictures are so small, and padding is so wide, that a good part of all products would be with zeros. */
export function suitsPictures(c: SlidingWindow): boolean {
  const { view, dilation, images } = c
  const plain = [...view.insert, ...dilation].every(distance => distance === 1)
  const bytes = PICTURES * view.height * view.width * view.channels * FLOAT
  return plain && images >= PICTURES && bytes <= PICTURES_BYTES && 1 - realShare(c) >= WASTE
}

/** The share of the window's taps that meet a picture's cells, over all positions; 1 where some position meets none. */
function realShare({ view, rows, columns, kernel, strides }: SlidingWindow): number {
  const down = realTaps(rows, strides[0], kernel[0], view.top, view.height)
  const across = realTaps(columns, strides[1], kernel[1], view.left, view.width)
  if (Math.min(...down, ...across) <= 0) return 1
  const share = (taps: readonly number[], of: number) =>
    taps.reduce((sum, count) => sum + count, 0) / (taps.length * of)
  return share(down, kernel[0]) * share(across, kernel[1])
}

/** Along one axis: how many taps meet cells, position by position. */
const realTaps = (positions: number, stride: number, taps: number, before: number, cells: number): number[] =>
  Array.from({ length: positions }, (_, position) => {
    const first = position * stride - before
    return Math.min(taps, cells - first) - Math.max(0, -first)
  })

/**
 * The computation of `correlateStep` for small pictures with wide padding. Here a tile's rows are the same position of several
 * pictures: they all meet the same padding, which is left out. It adds the same numbers in the same order.
 */
export function correlatePicturesStep(
  name: string,
  c: SlidingWindow,
  { input, temporary }: { input: number; temporary: number },
  finish?: Finish,
): KernelStep {
  const blocks = Math.ceil(c.images / PICTURES)
  const rowGroups = Math.min(c.rows, Math.ceil(MIN_PIECES / blocks))
  return {
    name,
    pieces: blocks * rowGroups,
    emit: emission => {
      const { f, at, piece } = emission
      const block = f.i32(i32.div(piece, rowGroups))
      const group = f.i32(i32.rem(piece, rowGroups))
      const p = {
        tile: new ProductTile(f),
        image: f.i32(i32.mul(block, PICTURES)),
        firstRow: f.i32(groupStart(group, c.rows, rowGroups)),
        endRow: f.i32(groupStart(i32.add(group, 1), c.rows, rowGroups)),
        input: at.inputs[input]!,
        packed: at.temporaries[temporary]!,
      }
      const last = c.images - (blocks - 1) * PICTURES
      const compute = (images: number) => emitPictures(emission, c, finish, { ...p, images })
      if (last === PICTURES) compute(PICTURES)
      else
        f.if(
          i32.eq(block, blocks - 1),
          () => compute(last),
          () => compute(PICTURES),
        )
    },
  }
}

interface Pictures {
  readonly tile: ProductTile
  /** The first picture, and how many there are. */
  readonly image: Local<'i32'>
  readonly images: number
  /** Rows of the output from `firstRow` to before `endRow`. */
  readonly firstRow: Local<'i32'>
  readonly endRow: Local<'i32'>
  readonly input: number
  readonly packed: number
}

function emitPictures(emission: Emission, c: SlidingWindow, finish: Finish | undefined, p: Pictures): void {
  const { f } = emission
  const [panel, y, x] = [f.i32(), f.i32(), f.i32()]
  const { full, rest } = panelsOf(c.filters)
  const emitPanel = (columns: number) =>
    f.for(y, p.firstRow, p.endRow, 1, () => {
      const down = tapsAt(f, y, c.strides[0], c.kernel[0], c.view.top, c.view.height)
      f.for(x, 0, c.columns, 1, () => {
        const across = tapsAt(f, x, c.strides[1], c.kernel[1], c.view.left, c.view.width)
        emitPosition(emission, c, finish, { ...p, panel, columns, y, x, down, across })
      })
    })
  f.for(panel, 0, full, 1, () => emitPanel(PANEL))
  if (rest > 0) {
    f.set(panel, full)
    emitPanel(rest)
  }
}

/** Taps that meet cells, from `first` to before `end`, and the cell that the first one meets. */
interface Taps {
  readonly first: Local<'i32'>
  readonly end: Local<'i32'>
  readonly cell: Local<'i32'>
}

function tapsAt(
  f: Emission['f'],
  position: Local<'i32'>,
  stride: number,
  taps: number,
  before: number,
  cells: number,
): Taps {
  const start = f.i32(i32.sub(i32.mul(position, stride), before))
  const first = f.i32(i32.max(0, i32.sub(0, start)))
  const end = f.i32(i32.min(taps, i32.sub(cells, start)))
  return { first, end, cell: f.i32(i32.add(start, first)) }
}

interface Position extends Pictures {
  readonly panel: Local<'i32'>
  /** Real columns of this panel. */
  readonly columns: number
  readonly y: Local<'i32'>
  readonly x: Local<'i32'>
  readonly down: Taps
  readonly across: Taps
}

/** One position of all pictures, for the filters of one panel. */
function emitPosition(emission: Emission, c: SlidingWindow, finish: Finish | undefined, p: Position): void {
  const { f, at } = emission
  const { height, width, channels } = c.view
  const { down, across, tile, panel } = p
  const vectors = Math.ceil(p.columns / LANES)
  const image = f.i32()
  const count = f.i32(i32.mul(i32.sub(across.end, across.first), channels))
  const cell = i32.add(i32.mul(down.cell, width), across.cell)
  const source = f.i32(i32.add(p.input, i32.mul(cell, channels * FLOAT)))
  const tap = i32.add(i32.mul(down.first, c.kernel[1]), across.first)
  const panelBytes = c.kernel[0] * c.kernel[1] * channels * PANEL * FLOAT
  const panelStart = i32.add(p.packed, i32.mul(panel, panelBytes))
  const weights = f.i32(i32.add(panelStart, i32.mul(tap, channels * PANEL * FLOAT)))
  const grid = outputGrid(c)
  const pixel = i32.add(i32.mul(p.y, grid.row), i32.add(i32.mul(p.x, grid.pixel), i32.mul(panel, PANEL)))
  const target = f.i32(i32.add(at.output + grid.first * FLOAT, i32.mul(pixel, FLOAT)))
  const bias = f.i32(i32.add(at.inputs[2] ?? 0, i32.mul(panel, PANEL * FLOAT)))
  const picture = (floats: number): Integer => i32.mul(i32.add(p.image, image), floats * FLOAT)
  const pictureFloats = height * width * channels
  rowTiles(f, image, p.images, tile.maxRows(vectors), rows => {
    tile.clear(rows, vectors)
    multiplyRows(f, c, p, {
      rows,
      vectors,
      count,
      weights,
      start: i32.add(source, picture(pictureFloats)),
    })
    const address = f.i32(i32.add(target, picture(grid.image)))
    const output = { address, rowBytes: grid.image * FLOAT, columns: p.columns, bias }
    finishTile(emission, tile, rows, output, finish)
  })
}

/** Sums over the window's real rows. There is one at least: a test before the loop would cost it registers. */
function multiplyRows(
  f: Emission['f'],
  { view: { height, width, channels }, kernel }: SlidingWindow,
  { tile, down }: Position,
  t: { rows: number; vectors: number; count: Local<'i32'>; weights: Local<'i32'>; start: Integer },
): void {
  const row = f.i32(t.start)
  const taps = f.i32(t.weights)
  const [a, b] = [f.i32(), f.i32()]
  const left = f.i32(i32.sub(down.end, down.first))
  f.repeat(() => {
    f.set(a, row)
    f.set(b, taps)
    tile.multiply({
      rows: t.rows,
      vectors: t.vectors,
      a,
      rowBytes: height * width * channels * FLOAT,
      aStep: FLOAT,
      b,
      bStep: PANEL * FLOAT,
      count: t.count,
    })
    f.increase(row, width * channels * FLOAT)
    f.increase(taps, kernel[1] * channels * PANEL * FLOAT)
    f.increase(left, -1)
    return left
  })
}
