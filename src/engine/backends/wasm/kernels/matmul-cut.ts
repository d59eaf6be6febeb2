import { panelsOf } from './epilogue.js'
import type { KernelNode } from './kernel.js'
import { LANES } from './kernel.js'
import { PANEL, ROWS } from './product-tile.js'

/** Rows of one piece at most: each packs its own copy of its panels, which so many rows make up for. */
const MOST_ROWS = 11 * ROWS
/** … and at least, where rows are cut because there are few columns. */
const LEAST_ROWS = 3 * ROWS
/** Panels of one piece at most. */
const MOST_PANELS = 16
/** Steps of the sums whose operands are packed at once: panels of 8 KB. */
const MOST_STEPS = 256
/** A product is cut into so many pieces where it can be, so that threads end together. */
const PIECES = 16
/** Floats between packed rows or panels, so that they do not meet in the same lines of the cache. */
const APART = 16

/** How a product of matrices is cut into pieces: by shape alone. */
export interface MatmulCut {
  readonly rows: number
  readonly columns: number
  /** Products that each number is the sum of. */
  readonly length: number
  readonly blockRows: number
  readonly blocks: number
  readonly sharePanels: number
  readonly shares: number
  /** Sums are made in so many steps at once, chunk after chunk. */
  readonly chunk: number
  readonly chunks: number
  /** Floats from one packed panel to the next, and from one packed row of a transposed matrix to the next. */
  readonly panelPitch: number
  readonly rowPitch: number
}

export function cutMatmul({ attributes, inputs, output }: KernelNode<'matmul'>): MatmulCut {
  const [rows, columns] = output as [number, number]
  const length = inputs[0]![attributes.transposeA ? 0 : 1]!
  const panels = panelsOf(columns).all
  const wanted = Math.min(Math.ceil(PIECES / panels), Math.floor(rows / LEAST_ROWS))
  const [blockRows, blocks] = parts(rows, Math.max(wanted, Math.ceil(rows / MOST_ROWS)), ROWS)
  const sharePanels = Math.max(1, Math.min(MOST_PANELS, Math.floor((panels * blocks) / PIECES)))
  const [chunk, chunks] = parts(length, Math.ceil(length / MOST_STEPS), LANES)
  return {
    rows,
    columns,
    length,
    blockRows,
    blocks,
    sharePanels,
    shares: Math.ceil(panels / sharePanels),
    chunk,
    chunks,
    panelPitch: chunk * PANEL + APART,
    rowPitch: Math.ceil(blockRows / LANES) * LANES + APART,
  }
}

/** About `wanted` equal parts, multiples of `unit` where there are several: how large they are, and how many. */
function parts(all: number, wanted: number, unit: number): [size: number, count: number] {
  if (wanted <= 1) return [all, 1]
  const size = Math.ceil(all / wanted / unit) * unit
  return [size, Math.ceil(all / size)]
}
