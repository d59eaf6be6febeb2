import { i32 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { type Emission, FLOAT, type KernelStep } from './kernel.js'
import { packRows } from './pack-rows.js'
import { PANEL } from './product-tile.js'

/** A walk over memory: `count` places, `stride` floats apart (backwards where negative). */
export interface Walk {
  readonly count: number
  readonly stride: number
}

/** A matrix as it lies in memory. Its rows are walked by nested walks, outermost first; columns go forwards. */
export interface MatrixView {
  /** Floats from the input's start to the first element. */
  readonly first: number
  readonly rows: readonly Walk[]
  readonly columns: Walk
}

/**
 * Packs a matrix into panels `[⌈columns / PANEL⌉][rows][PANEL]`, so that the product tile reads it in one stride. `input` is the index of the node's input, `temporary` where the panels go.
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
  const pack = (width: number) => walkRows(f, view, from, to, width)
  if (rest === 0) pack(PANEL)
  else
    f.if(
      i32.eq(piece, (columns.count - rest) / PANEL),
      () => pack(rest),
      () => pack(PANEL),
    )
}

/** Moves `from` over nested walks; the innermost is packed in one go. */
function walkRows(
  f: FunctionBuilder,
  { rows: [walk, ...inner], columns }: Omit<MatrixView, 'first'>,
  from: Local<'i32'>,
  to: Local<'i32'>,
  width: number,
): void {
  if (!walk) return
  if (inner.length === 0) {
    packRows(f, from, to, { ...walk, width, columnStride: columns.stride })
    return
  }
  f.for(f.i32(), 0, walk.count, 1, () => {
    walkRows(f, { rows: inner, columns }, from, to, width)
    f.increase(from, (walk.stride - travelled(inner)) * FLOAT)
  })
}

/** Floats that a nest of walks leaves `from` behind its start. */
const travelled = (walks: readonly Walk[]): number => (walks[0] ? walks[0].count * walks[0].stride : 0)
