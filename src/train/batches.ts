import type { Rows } from '../base/rows.js'
import { sizeOf } from '../base/shape.js'
import type { Tensor } from '../base/tensor.js'
import { gatherRows } from '../data/batch.js'
import { gatherLabels } from '../data/labels.js'
import type { Values } from '../engine/backends/backend.js'
import type { Network } from '../nn/network.js'
import type { Session } from './session.js'
import { type StepKind, stepInput } from './step.js'
import type { StepRecipe } from './step-recipe.js'

/** Pictures and their labels, row by row. */
export interface Part {
  readonly x: Rows
  readonly y: Tensor
}

/** The batches of one pass over some rows; the last may be smaller than the rest. */
export interface Batches {
  readonly count: number
  readonly rows: number
  /** Rows of batch `step`. */
  rowsOf(step: number): number
  /** Gathers batch `step` into the inputs of a graph. */
  make(step: number): Values
}

/**
 * @param y null for prediction
 * @param order the rows that are taken, in this order; default all as they are
 * @param beside what else the graph takes for these rows: the chances of augmentation
 */
export function batchesOf(
  network: Network,
  { x, y }: { readonly x: Rows; readonly y: Tensor | null },
  batchSize: number,
  order: Uint32Array = Uint32Array.from({ length: x.rows }, (_, row) => row),
  beside: (step: number, rows: Uint32Array) => Values = () => ({}),
): Batches {
  const take = (step: number) => order.subarray(step * batchSize, (step + 1) * batchSize)
  const classes = sizeOf(network.outputShape)
  return {
    count: Math.ceil(order.length / batchSize),
    rows: order.length,
    rowsOf: step => take(step).length,
    make: step => ({
      [stepInput.x]: gatherRows(x, take(step)),
      ...(y && { [stepInput.target]: gatherLabels(y, take(step), classes) }),
      ...beside(step, take(step)),
    }),
  }
}

/** One batch that was computed. */
export interface BatchRun {
  readonly step: number
  readonly rows: number
  readonly inputs: Values
  readonly outputs: Values
}

/**
 * Runs batch after batch from step `from` on. While the device computes one, the next is prepared; what else a step
 * needs is asked of `beside` right before it runs, so that callbacks between two steps can change it.
 */
export async function* runBatches(
  session: Session,
  kind: StepKind | StepRecipe,
  batches: Batches,
  { from = 0, beside = () => ({}) }: { readonly from?: number; readonly beside?: () => Values } = {},
): AsyncGenerator<BatchRun, void> {
  let prepared = from < batches.count ? batches.make(from) : {}
  for (let step = from; step < batches.count; step++) {
    const rows = batches.rowsOf(step)
    const program = await session.step(kind, rows)
    const inputs = { ...prepared, ...beside() }
    const running = session.run(program, inputs)
    if (step + 1 < batches.count) prepared = batches.make(step + 1)
    yield { step, rows, inputs, outputs: await running }
  }
}

/** The different batch sizes of a pass: at most two. */
export const batchSizes = (batches: Batches): readonly number[] =>
  batches.count === 0 ? [] : [...new Set([batches.rowsOf(0), batches.rowsOf(batches.count - 1)])]
