import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { correlatePicturesStep, suitsPictures } from './correlate-pictures.js'
import { type Finish, finishTile, panelsOf } from './epilogue.js'
import { type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'
import { PANEL, ProductTile } from './product-tile.js'
import { rowTiles } from './row-tiles.js'
import {
  outputGrid,
  type SlidingWindow,
  stagedRows,
  windowBlock,
  windowRuns,
  windowScratch,
} from './sliding-window.js'
import { stagedRow } from './stage-rows.js'

/** Bytes of staged rows that a block of output rows may take: they should stay in the L2 cache. */
const STAGED_BYTES = 96 * 1024
/** A step is cut into at least so many pieces where it can be, so that threads end together. */
const MIN_PIECES = 16

/** Output rows that one piece computes: as many as the cache holds. */
function rowsPerBlock(w: SlidingWindow): number {
  const { images, rows, view, strides } = w
  const cached = Math.floor((STAGED_BYTES / (stagedRow(view) * FLOAT) - stagedRows(w, 1)) / strides[0]) + 1
  const shared = Math.ceil((rows * images) / MIN_PIECES)
  return Math.max(1, Math.min(rows, cached, shared))
}

/** Floats of scratch a thread needs. */
export const correlationScratch = (w: SlidingWindow): number =>
  suitsPictures(w) ? 0 : windowScratch(w, rowsPerBlock(w))

/**
 * The one computation behind convolutions and their input gradients: a packed kernel slides over a staged picture.
 *
 *     out[n, y, x, k] = Σ view[n, y·sy + r·dy, x·sx + s·dx, c] · kernel[r, s, c, k]
 *
 * `input` is the picture's index among the node's inputs, `temporary` the packed kernel's. The bias is input 2.
 */
export function correlateStep(
  name: string,
  correlation: SlidingWindow,
  { input, temporary }: { input: number; temporary: number },
  finish?: Finish,
): KernelStep {
  if (suitsPictures(correlation))
    return correlatePicturesStep(name, correlation, { input, temporary }, finish)
  const blocks = Math.ceil(correlation.rows / rowsPerBlock(correlation))
  return {
    name,
    pieces: correlation.images * blocks,
    emit: emission => emitCorrelate(emission, correlation, input, temporary, finish),
  }
}

function emitCorrelate(
  emission: Emission,
  c: SlidingWindow,
  input: number,
  temporary: number,
  finish: Finish | undefined,
): void {
  const { f, at, piece } = emission
  const block = rowsPerBlock(c)
  const blocks = Math.ceil(c.rows / block)
  const image = f.i32(i32.div(piece, blocks))
  const first = f.i32(i32.mul(i32.rem(piece, blocks), block))
  const { base, rowBytes } = windowBlock(emission, c, at.inputs[input]!, { image, first, rows: block })
  const grid = outputGrid(c)
  const place = i32.add(i32.mul(image, grid.image * FLOAT), i32.mul(first, grid.row * FLOAT))
  const output = f.i32(i32.add(at.output + grid.first * FLOAT, place))
  const rows = f.i32(i32.min(block, i32.sub(c.rows, first)))
  const panel = f.i32()
  const tile = new ProductTile(f)
  const { full, rest } = panelsOf(c.filters)
  const run = (columns: number) =>
    emitPanel(emission, c, finish, {
      tile,
      panel,
      columns,
      rows,
      base,
      rowBytes,
      output,
      packed: at.temporaries[temporary]!,
    })
  f.for(panel, 0, full, 1, () => run(PANEL))
  if (rest > 0) {
    f.set(panel, full)
    run(rest)
  }
}

interface PanelEmission {
  readonly tile: ProductTile
  readonly panel: Local<'i32'>
  /** Real columns of this panel. */
  readonly columns: number
  readonly rows: Local<'i32'>
  readonly base: Local<'i32'>
  readonly rowBytes: number
  readonly output: Local<'i32'>
  readonly packed: number
}

/** All pixels of the block for the filters of one panel. */
function emitPanel(emission: Emission, c: SlidingWindow, finish: Finish | undefined, p: PanelEmission): void {
  const { f, at } = emission
  const { channels } = c.view
  const length = c.kernel[0] * c.kernel[1] * channels
  const vectors = Math.ceil(p.columns / LANES)
  const y = f.i32()
  const x = f.i32()
  const target = f.i32()
  const weights = f.i32(i32.add(p.packed, i32.mul(p.panel, length * PANEL * FLOAT)))
  const bias = f.i32(i32.add(at.inputs[2] ?? 0, i32.mul(p.panel, PANEL * FLOAT)))
  const pixel = c.strides[1] * channels * FLOAT
  const grid = outputGrid(c)
  f.for(y, 0, p.rows, 1, () =>
    rowTiles(f, x, c.columns, p.tile.maxRows(vectors), width => {
      p.tile.clear(width, vectors)
      const corner = i32.add(i32.add(p.base, i32.mul(y, c.strides[0] * p.rowBytes)), i32.mul(x, pixel))
      emitWindow(emission, c, p, { corner: f.i32(corner), weights, width, vectors, pixel })
      const cell = i32.add(i32.mul(y, grid.row * FLOAT), i32.mul(x, grid.pixel * FLOAT))
      f.set(target, i32.add(i32.add(p.output, cell), i32.mul(p.panel, PANEL * FLOAT)))
      const place = { address: target, rowBytes: grid.pixel * FLOAT, columns: p.columns, bias }
      finishTile(emission, p.tile, width, place, finish)
    }),
  )
}

/** Sums over the window, run after run. */
function emitWindow(
  { f }: Emission,
  c: SlidingWindow,
  { tile, rowBytes }: PanelEmission,
  w: {
    corner: Local<'i32'>
    weights: Local<'i32'>
    width: number
    vectors: number
    pixel: number
  },
): void {
  const { kernel, dilation, view } = c
  const { runs, length } = windowRuns(c)
  const a = f.i32()
  const b = f.i32(w.weights)
  const row = f.i32(w.corner)
  const start = f.i32()
  f.for(f.i32(), 0, kernel[0], 1, () => {
    f.set(start, row)
    f.for(f.i32(), 0, runs, 1, () => {
      f.set(a, start)
      tile.multiply({
        rows: w.width,
        vectors: w.vectors,
        a,
        rowBytes: w.pixel,
        aStep: FLOAT,
        b,
        bStep: PANEL * FLOAT,
        count: length,
      })
      f.increase(start, dilation[1] * view.channels * FLOAT)
    })
    f.increase(row, dilation[0] * rowBytes)
  })
}
