import { f32, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'
import { PANEL } from './product-tile.js'

/** A walk over memory: `count` places, `stride` floats apart (backwards where negative). */
export interface Walk {
  readonly count: number
  readonly stride: number
}

/** A matrix as it lies in memory. Its rows are walked by nested walks, outermost first. */
export interface MatrixView {
  /** Floats from the input's start to the first element. */
  readonly first: number
  readonly rows: readonly Walk[]
  readonly columns: Walk
}

/**
 * Packs a matrix into panels `[⌈columns / PANEL⌉][rows][PANEL]`, zeros behind the last column, so that the product
 * tile reads it in one stride. `input` is the index of the node's input, `temporary` where the panels go.
 */
export function packPanels(name: string, input: number, temporary: number, view: MatrixView): KernelStep {
  return {
    name,
    pieces: Math.ceil(view.columns.count / PANEL),
    readsOnly: input,
    emit: emission => emitPack(emission, input, temporary, view),
  }
}

export const packedSize = (rows: number, columns: number): number => Math.ceil(columns / PANEL) * PANEL * rows

function emitPack({ f, at, piece }: Emission, input: number, temporary: number, view: MatrixView): void {
  const { columns } = view
  const rows = view.rows.reduce((product, walk) => product * walk.count, 1)
  const from = f.i32(
    i32.add(at.inputs[input]! + view.first * FLOAT, i32.mul(piece, PANEL * columns.stride * FLOAT)),
  )
  const to = f.i32(i32.add(at.temporaries[temporary]!, i32.mul(piece, rows * PANEL * FLOAT)))
  const rest = columns.count % PANEL
  const pack = (width: number) =>
    walkRows(f, view.rows, from, () => packRow(f, from, to, columns.stride, width))
  if (rest === 0) pack(PANEL)
  else
    f.if(
      i32.eq(piece, (columns.count - rest) / PANEL),
      () => pack(rest),
      () => pack(PANEL),
    )
}

/** Moves `from` over nested walks and calls `visit` at each place. */
function walkRows(f: FunctionBuilder, walks: readonly Walk[], from: Local<'i32'>, visit: () => void): void {
  const [walk, ...inner] = walks
  if (!walk) {
    visit()
    return
  }
  f.for(f.i32(), 0, walk.count, 1, () => {
    walkRows(f, inner, from, visit)
    f.increase(from, (walk.stride - travelled(inner)) * FLOAT)
  })
}

/** Floats that a nest of walks leaves `from` behind its start. */
const travelled = (walks: readonly Walk[]): number => (walks[0] ? walks[0].count * walks[0].stride : 0)

function packRow(
  f: FunctionBuilder,
  from: Local<'i32'>,
  to: Local<'i32'>,
  stride: number,
  width: number,
): void {
  for (let lane = 0; lane < PANEL; lane += LANES) {
    if (stride === 1 && width >= lane + LANES) f.storeVector(to, v128.load(from, lane * FLOAT), lane * FLOAT)
    else
      for (let i = lane; i < lane + LANES; i++)
        f.store(to, i < width ? f32.load(i32.add(from, i * stride * FLOAT)) : f32.const(0), i * FLOAT)
  }
  f.increase(to, PANEL * FLOAT)
}
