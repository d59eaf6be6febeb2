import type { Epilogue } from '../../../ops/attributes.js'
import { i32 } from '../assembler/expressions.js'
import { finishTile, panelsOf } from './epilogue.js'
import { type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'
import { PANEL, ProductTile, TILE_ROWS, tiled } from './product-tile.js'
import { isPlain, type Staging, stagedRow, stageRows } from './stage-rows.js'

/**
 * The one computation behind convolutions and their input gradients: a packed kernel slides over a staged picture.
 *
 *     out[n, y, x, k] = Σ view[n, y·sy + r·dy, x·sx + s·dx, c] · kernel[r, s, c, k]
 */
export interface Correlation {
  readonly images: number
  readonly view: Staging
  readonly rows: number
  readonly columns: number
  readonly filters: number
  readonly kernel: readonly [R: number, S: number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
}

/** Bytes of staged rows that a block of output rows may take: they should stay in the L2 cache. */
const STAGED_BYTES = 96 * 1024
/** A step is cut into at least so many pieces where it can be, so that threads end together. */
const MIN_PIECES = 16

/** Output rows that one piece computes: as many as the cache holds. */
function rowsPerBlock({ images, rows, view, kernel, strides, dilation }: Correlation): number {
  const reach = dilation[0] * (kernel[0] - 1) + 1
  const cached = Math.floor((STAGED_BYTES / (stagedRow(view) * FLOAT) - reach) / strides[0]) + 1
  const shared = Math.ceil((rows * images) / MIN_PIECES)
  return Math.max(1, Math.min(rows, cached, shared))
}

const stagedRows = ({ kernel, strides, dilation }: Correlation, block: number): number =>
  (block - 1) * strides[0] + dilation[0] * (kernel[0] - 1) + 1

const needsStaging = (c: Correlation): boolean => !isPlain(c.view, stagedRows(c, c.rows), c.view.height)

/** Floats of scratch a thread needs. */
export const correlationScratch = (c: Correlation): number =>
  needsStaging(c) ? stagedRows(c, rowsPerBlock(c)) * stagedRow(c.view) : 0

/** `input` is the picture's index among the node's inputs, `temporary` the packed kernel's. The bias is input 2. */
export function correlateStep(
  name: string,
  correlation: Correlation,
  { input, temporary }: { input: number; temporary: number },
  epilogue?: Epilogue,
): KernelStep {
  const blocks = Math.ceil(correlation.rows / rowsPerBlock(correlation))
  return {
    name,
    pieces: correlation.images * blocks,
    emit: emission => emitCorrelate(emission, correlation, input, temporary, epilogue),
  }
}

function emitCorrelate(
  emission: Emission,
  c: Correlation,
  input: number,
  temporary: number,
  epilogue: Epilogue | undefined,
): void {
  const { f, at, piece, scratch } = emission
  const block = rowsPerBlock(c)
  const blocks = Math.ceil(c.rows / block)
  const { height, width, channels } = c.view
  const image = f.i32(i32.div(piece, blocks))
  const first = f.i32(i32.mul(i32.rem(piece, blocks), block))
  const picture = f.i32(i32.add(at.inputs[input]!, i32.mul(image, height * width * channels * FLOAT)))
  const base = f.i32(scratch)
  const staged = needsStaging(c)
  const top = i32.mul(first, c.strides[0])
  if (staged)
    stageRows(emission, c.view, { picture, first: f.i32(top), rows: stagedRows(c, block), to: scratch })
  else f.set(base, i32.add(picture, i32.mul(top, width * channels * FLOAT)))

  const rowBytes = (staged ? stagedRow(c.view) : width * channels) * FLOAT
  const output = f.i32(
    i32.add(at.output, i32.mul(i32.add(i32.mul(image, c.rows), first), c.columns * c.filters * FLOAT)),
  )
  const rows = f.i32(i32.min(block, i32.sub(c.rows, first)))
  const panel = f.i32()
  const tile = new ProductTile(f)
  const { full, rest } = panelsOf(c.filters)
  const run = (columns: number) =>
    emitPanel(emission, c, epilogue, {
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
  readonly panel: ReturnType<Emission['f']['i32']>
  /** Real columns of this panel. */
  readonly columns: number
  readonly rows: ReturnType<Emission['f']['i32']>
  readonly base: ReturnType<Emission['f']['i32']>
  readonly rowBytes: number
  readonly output: ReturnType<Emission['f']['i32']>
  readonly packed: number
}

/** All pixels of the block for the filters of one panel. */
function emitPanel(
  emission: Emission,
  c: Correlation,
  epilogue: Epilogue | undefined,
  p: PanelEmission,
): void {
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
  f.for(y, 0, p.rows, 1, () =>
    tiled(f, x, c.columns, TILE_ROWS, width => {
      p.tile.clear(width, vectors)
      const corner = i32.add(i32.add(p.base, i32.mul(y, c.strides[0] * p.rowBytes)), i32.mul(x, pixel))
      emitWindow(emission, c, p, { corner: f.i32(corner), weights, width, vectors, pixel })
      const cell = i32.mul(i32.add(i32.mul(y, c.columns), x), c.filters * FLOAT)
      f.set(target, i32.add(i32.add(p.output, cell), i32.mul(p.panel, PANEL * FLOAT)))
      const place = { address: target, rowBytes: c.filters * FLOAT, columns: p.columns, bias }
      finishTile(emission, p.tile, width, place, epilogue)
    }),
  )
}

/** Sums over the window. Undilated, a row of the window is one run of cells and channels. */
function emitWindow(
  { f }: Emission,
  { kernel, dilation, view }: Correlation,
  { tile, rowBytes }: PanelEmission,
  w: {
    corner: ReturnType<Emission['f']['i32']>
    weights: ReturnType<Emission['f']['i32']>
    width: number
    vectors: number
    pixel: number
  },
): void {
  const runs = dilation[1] === 1 ? 1 : kernel[1]
  const count = (kernel[1] / runs) * view.channels
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
        count,
      })
      f.increase(start, dilation[1] * view.channels * FLOAT)
    })
    f.increase(row, dilation[0] * rowBytes)
  })
}
