import { panelsOf } from './epilogue.js'
import { FLOAT, type KernelNode, LANES } from './kernel.js'
import { PANEL, ROWS } from './product-tile.js'

/** Rows of one piece at most: each packs its own copy of its panels, which so many rows make up for. */
const MOST_ROWS = 11 * ROWS
/** … and at least, where rows are cut because there are few columns. */
const LEAST_ROWS = 3 * ROWS
/** Panels of one piece at most. */
const MOST_PANELS = 16
/** Steps of the sums whose operands are packed at once: panels of 8 KB. */
const MOST_STEPS = 256
/** Where rows and columns make few pieces, long sums are cut into groups of at least so many steps. */
const GROUP_STEPS = 1024
/** A product is cut into so many pieces where it can be, so that threads end together … */
const PIECES = 16
/** … but not into pieces of fewer multiplications, which would be done before another thread has begun. */
const LEAST_PRODUCTS = 16 * 1024
/** The first cache takes addresses modulo 4 KB, 64 lines of 64 bytes; of each residue it holds so many lines safely. */
const [CACHE_WAY, CACHE_LINE, CACHE_WAYS] = [4096, 64, 4]
/** A second matrix of so many bytes is in the first cache anyhow. */
const SMALL_BYTES = 16 * 1024
/** For so few rows, copying a matrix is no less work than multiplying it, unless it comes from far away. */
const [FEW_ROWS, NEAR_BYTES] = [4, 4 << 20]
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
  /** Groups of steps are summed apart. */
  readonly groupSteps: number
  readonly groups: number
  /** A group's sums are made in so many steps at once, chunk after chunk. */
  readonly chunk: number
  readonly chunks: number
  /** Whether the first matrix is transposed and its columns must be copied to be read fast. */
  readonly packsRows: boolean
  /** Whether the second matrix is packed into panels. */
  readonly packsPanels: boolean
  /** Floats from one packed panel to the next, and from one packed row of a transposed matrix to the next. */
  readonly panelPitch: number
  readonly rowPitch: number
}

export function cutMatmul({ attributes, inputs, output }: KernelNode<'matmul'>): MatmulCut {
  const [rows, columns] = output as [number, number]
  const length = inputs[0]![attributes.transposeA ? 0 : 1]!
  const panels = panelsOf(columns).all
  const pieces = Math.max(1, Math.min(PIECES, Math.floor((rows * columns * length) / LEAST_PRODUCTS)))
  const few = Math.ceil(rows / MOST_ROWS)
  const most = attributes.epilogue ? 1 : Math.floor(length / GROUP_STEPS)
  const wantedGroups = Math.min(most, Math.ceil(pieces / (few * Math.ceil(panels / MOST_PANELS))))
  const [groupSteps, groups] = parts(length, wantedGroups, LANES)
  const wantedBlocks = Math.min(Math.ceil(pieces / groups / panels), Math.floor(rows / LEAST_ROWS))
  const [blockRows, blocks] = parts(rows, Math.max(wantedBlocks, few), ROWS)
  const even = Math.floor((panels * blocks * groups) / pieces)
  const sharePanels = Math.max(1, Math.min(MOST_PANELS, panels, even))
  const shares = Math.ceil(panels / sharePanels)
  const [chunk, chunks] = parts(groupSteps, Math.ceil(groupSteps / MOST_STEPS), LANES)
  return {
    rows,
    columns,
    length,
    blockRows,
    blocks,
    sharePanels,
    shares,
    groupSteps,
    groups,
    chunk,
    chunks,
    packsRows: attributes.transposeA && chunk > linesHeld(rows * FLOAT),
    packsPanels: attributes.transposeB || !isReadInPlace(rows, columns, length, chunk),
    panelPitch: chunk * PANEL + APART,
    rowPitch: Math.ceil(blockRows / LANES) * LANES + APART,
  }
}

/** Whether the second matrix is multiplied where it lies. */
const isReadInPlace = (rows: number, columns: number, length: number, chunk: number): boolean =>
  chunk * columns * FLOAT <= SMALL_BYTES || (rows <= FEW_ROWS && length * columns * FLOAT <= NEAR_BYTES)

/** Lines of the cache that may be read over and over if they lie `stride` bytes apart. */
function linesHeld(stride: number): number {
  let residues = CACHE_WAY / CACHE_LINE
  for (let bytes = CACHE_LINE * 2; bytes <= CACHE_WAY && stride % bytes === 0; bytes *= 2) residues /= 2
  return residues * CACHE_WAYS
}

/** About `wanted` equal parts, multiples of `unit` where there are several: how large they are, and how many. */
function parts(all: number, wanted: number, unit: number): [size: number, count: number] {
  if (wanted <= 1) return [all, 1]
  const size = Math.ceil(all / wanted / unit) * unit
  return [size, Math.ceil(all / size)]
}
