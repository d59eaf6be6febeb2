import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { panelsOf } from './epilogue.js'
import { groupStart } from './groups.js'
import { type Emission, FLOAT, type Kernel, type KernelFor, type KernelStep } from './kernel.js'
import { matmul } from './matmul.js'
import { addPartialSums } from './partial-sums.js'
import { PANEL, PANEL_VECTORS, ProductTile } from './product-tile.js'
import { rowTiles } from './row-tiles.js'
import {
  convolutionWindow,
  isPointwise,
  type SlidingWindow,
  windowBlock,
  windowRuns,
  windowScratch,
} from './sliding-window.js'
import { stagedRow } from './stage-rows.js'
import { suitsWinogradGradient, winogradKernelGradient } from './winograd/kernel-gradient.js'

/** Partial sums may take so many floats in all. */
const PARTIAL_FLOATS = 4 << 20
/** Groups of blocks of rows that are summed apart, where there is room. */
const GROUPS = 16
/** Pixels whose products are added up in registers before the sums go back to memory, at least … */
const PIXELS = 96
/** … and as many as take so many bytes: they should stay in the first cache. */
const BLOCK_BYTES = 24 * 1024

interface Geometry extends SlidingWindow {
  readonly groups: number
  /** Panels of filters are cut into so many pieces, where groups alone are too few. */
  readonly filterPieces: number
  /** Output rows that are staged at once, and how often that is done for each picture. */
  readonly block: number
  readonly blocks: number
}

/**
 * dkernel[r, s, c, k] = Σ over n, y, x of view[n, y·sy + r·dy, x·sx + s·dx, c] · dy[n, y, x, k].
 * Each group of blocks is summed by one piece; the groups' sums are then added in order.
 */
export const conv2dKernelGradient: KernelFor<'conv2dKernelGradient'> = ({ attributes, inputs }) => {
  const w = convolutionWindow(attributes, inputs[0]!, inputs[1]!)
  if (isPointwise(w)) return pointwiseKernelGradient(w)
  return suitsWinogradGradient(w) ? winogradKernelGradient(w) : directKernelGradient(w)
}

/** A product of matrices: each position is a row of either, and the rows are summed over. */
function pointwiseKernelGradient({ images, rows, columns, view, filters }: SlidingWindow): Kernel {
  const positions = images * rows * columns
  return matmul({
    attributes: { transposeA: true, transposeB: false },
    inputs: [
      [positions, view.channels],
      [positions, filters],
    ],
    output: [view.channels, filters],
  })
}

function directKernelGradient(w: SlidingWindow): Kernel {
  const paddedColumns = panelsOf(w.filters).all * PANEL
  const length = w.kernel[0] * w.kernel[1] * w.view.channels
  const room = Math.floor(PARTIAL_FLOATS / (length * paddedColumns))
  const block = rowsPerBlock(w)
  const blocks = Math.ceil(w.rows / block)
  const groups = Math.max(1, Math.min(w.images * blocks, GROUPS, room))
  const filterPieces = Math.min(panelsOf(w.filters).all, Math.ceil(GROUPS / groups))
  const g = { ...w, groups, filterPieces, block, blocks }
  return {
    algorithm: 'direct, partial sums',
    steps: [
      gradientStep(g, paddedColumns),
      addPartialSums(0, { groups, rows: length, columns: w.filters, paddedColumns }),
    ],
    temporaries: [groups * length * paddedColumns],
    scratch: windowScratch(g, block),
  }
}

/** Output rows whose products are added up before the sums go back to memory. */
function rowsPerBlock(w: SlidingWindow): number {
  const rowFloats = w.columns * w.filters + w.strides[0] * stagedRow(w.view)
  const cached = Math.floor(BLOCK_BYTES / (rowFloats * FLOAT))
  return Math.min(w.rows, Math.max(cached, Math.ceil(PIXELS / w.columns)))
}

function gradientStep(g: Geometry, paddedColumns: number): KernelStep {
  return {
    name: 'conv2d kernel gradient',
    pieces: g.groups * g.filterPieces,
    emit: emission => emitGroup(emission, g, paddedColumns),
  }
}

/** One group of blocks, one share of the panels. */
function emitGroup(emission: Emission, g: Geometry, paddedColumns: number): void {
  const { f, at, piece } = emission
  const panels = panelsOf(g.filters).all
  const group = f.i32(i32.div(piece, g.filterPieces))
  const share = i32.rem(piece, g.filterPieces)
  const firstPanel = f.i32(groupStart(share, panels, g.filterPieces))
  const endPanel = f.i32(groupStart(i32.add(share, 1), panels, g.filterPieces))
  const length = g.kernel[0] * g.kernel[1] * g.view.channels
  const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(group, length * paddedColumns * FLOAT)))
  clearColumns(emission, { partial, firstPanel, endPanel, length, paddedColumns })

  const unit = f.i32(groupStart(group, g.images * g.blocks, g.groups))
  const endUnit = f.i32(groupStart(i32.add(group, 1), g.images * g.blocks, g.groups))
  const image = f.i32()
  const first = f.i32()
  const tile = new ProductTile(f)
  const add = (rows: number) =>
    emitBlock(emission, g, { tile, image, first, rows, partial, firstPanel, endPanel, paddedColumns })
  const lastFirst = (g.blocks - 1) * g.block
  f.while(i32.lt(unit, endUnit), () => {
    f.set(image, i32.div(unit, g.blocks))
    f.set(first, i32.mul(i32.rem(unit, g.blocks), g.block))
    if (g.rows === g.blocks * g.block) add(g.block)
    else
      f.if(
        i32.eq(first, lastFirst),
        () => add(g.rows - lastFirst),
        () => add(g.block),
      )
    f.increase(unit, 1)
  })
}

interface Sums {
  readonly partial: Local<'i32'>
  readonly firstPanel: Local<'i32'>
  readonly endPanel: Local<'i32'>
  readonly paddedColumns: number
}

function clearColumns(
  { f }: Emission,
  { partial, firstPanel, endPanel, length, paddedColumns }: Sums & { length: number },
): void {
  const row = f.i32(i32.add(partial, i32.mul(firstPanel, PANEL * FLOAT)))
  const bytes = f.i32(i32.mul(i32.sub(endPanel, firstPanel), PANEL * FLOAT))
  f.for(f.i32(), 0, length, 1, () => {
    f.clear(row, bytes)
    f.increase(row, paddedColumns * FLOAT)
  })
}

/** Adds the products of `rows` output rows of one picture. */
function emitBlock(
  emission: Emission,
  g: Geometry,
  b: Sums & { tile: ProductTile; image: Local<'i32'>; first: Local<'i32'>; rows: number },
): void {
  const { f, at } = emission
  const { base, rowBytes } = windowBlock(emission, g, at.inputs[0]!, b)
  const dyBase = f.i32(
    i32.add(
      at.inputs[1]!,
      i32.mul(i32.add(i32.mul(b.image, g.rows), b.first), g.columns * g.filters * FLOAT),
    ),
  )

  emitWindow(emission, g, { ...b, base, dyBase, rowBytes })
}

interface Pixels extends Sums {
  readonly tile: ProductTile
  readonly rows: number
  readonly dyBase: Local<'i32'>
  readonly rowBytes: number
}

/** Adds the products of all cells of the window, a few at a time. */
function emitWindow(emission: Emission, g: Geometry, b: Pixels & { base: Local<'i32'> }): void {
  const { f } = emission
  const { runs, length } = windowRuns(g)
  const r = f.i32()
  const s = f.i32()
  const c = f.i32()
  f.for(r, 0, g.kernel[0], 1, () =>
    f.for(s, 0, runs, 1, () =>
      rowTiles(f, c, length, b.tile.maxRows(PANEL_VECTORS), tileRows => {
        const cell = i32.add(i32.mul(s, g.dilation[1] * g.view.channels * FLOAT), i32.mul(c, FLOAT))
        const corner = f.i32(i32.add(i32.add(b.base, i32.mul(r, g.dilation[0] * b.rowBytes)), cell))
        const row = i32.add(i32.mul(i32.add(i32.mul(r, runs), s), length), c)
        const sums = f.i32(i32.add(b.partial, i32.mul(row, b.paddedColumns * FLOAT)))
        emitPanels(emission, g, { ...b, tileRows, corner, sums })
      }),
    ),
  )
}

/** The sums of a few rows of the kernel, panel after panel, over all pixels of the block. */
function emitPanels(
  { f }: Emission,
  g: Geometry,
  b: Pixels & { tileRows: number; corner: Local<'i32'>; sums: Local<'i32'> },
): void {
  const panel = f.i32()
  const target = f.i32()
  const a = f.i32()
  const dy = f.i32()
  const row = f.i32()
  const sumBytes = b.paddedColumns * FLOAT
  f.for(panel, b.firstPanel, b.endPanel, 1, () => {
    f.set(target, i32.add(b.sums, i32.mul(panel, PANEL * FLOAT)))
    f.set(dy, i32.add(b.dyBase, i32.mul(panel, PANEL * FLOAT)))
    f.set(row, b.corner)
    b.tile.load(b.tileRows, PANEL_VECTORS, target, sumBytes)
    f.for(f.i32(), 0, b.rows, 1, () => {
      f.set(a, row)
      b.tile.multiply({
        rows: b.tileRows,
        vectors: PANEL_VECTORS,
        a,
        rowBytes: FLOAT,
        aStep: g.strides[1] * g.view.channels * FLOAT,
        b: dy,
        bStep: g.filters * FLOAT,
        count: g.columns,
      })
      f.increase(row, g.strides[0] * b.rowBytes)
    })
    b.tile.store(b.tileRows, PANEL_VECTORS, target, sumBytes)
  })
}
