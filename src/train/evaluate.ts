import { type Batches, type BatchRun, batchesOf, type Part, runBatches } from './batches.js'
import { RunningMeans } from './running-means.js'
import type { Session } from './session.js'
import { penaltyOutput, predictionOutput } from './step.js'
import { evaluationsOfViews } from './test-time/several-views.js'
import { asItIs, type View } from './test-time/views.js'

/** What a model says about each of some labelled pictures, and the means. */
export interface Evaluation {
  /** `loss` (penalties on weights included, as in training) and each metric. */
  readonly logs: Readonly<Record<string, number>>
  /** The loss of each row, without penalties: [N]. */
  readonly rowLoss: Float32Array
  /** The class each row is taken for: [N]. The lowest of equals. */
  readonly predicted: Int32Array
}

/** Splits a run's outputs into one value a row and the penalty. */
export function logsOf({ outputs }: BatchRun): { rows: Record<string, Float32Array>; penalty: number } {
  const { [penaltyOutput]: penalty, [predictionOutput]: _, ...rows } = outputs
  return { rows, penalty: penalty?.[0] ?? 0 }
}

/** Loss, metrics, and for each row its loss and the class it is taken for. */
export async function evaluateRows(
  session: Session,
  part: Part,
  batchSize: number,
  views: readonly View[] = asItIs,
): Promise<Evaluation> {
  const batches = batchesOf(session.setup.network, part, batchSize)
  const sheet = new EvaluationSheet(batches)
  // A single view needs no averaging, and keeps the logits that the loss is more exact with.
  const runs =
    views.length === 1
      ? runBatches(session, 'evaluate', batches)
      : evaluationsOfViews(session, batches, views)
  for await (const run of runs) sheet.add(run)
  return sheet.evaluation()
}

/** Fills up, batch by batch, with what an evaluation says of every row. */
export class EvaluationSheet {
  private readonly means = new RunningMeans()
  private readonly rowLoss: Float32Array
  private readonly predicted: Int32Array
  private filled = 0

  constructor({ rows }: Batches) {
    this.rowLoss = new Float32Array(rows)
    this.predicted = new Int32Array(rows)
  }

  /** Takes in the next batch. */
  add(run: BatchRun): void {
    const { rows, penalty } = logsOf(run)
    this.means.add(rows, penalty)
    this.rowLoss.set(rows.loss!, this.filled)
    this.predicted.set(largestOfRows(run.outputs[predictionOutput]!, run.rows), this.filled)
    this.filled += run.rows
  }

  evaluation(): Evaluation {
    return { logs: this.means.means(), rowLoss: this.rowLoss, predicted: this.predicted }
  }
}

/** The place of the largest value in each of `rows` rows. */
export function largestOfRows(values: Float32Array, rows: number): Int32Array {
  const width = values.length / rows
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0
    for (let i = 1; i < width; i++) if (values[row * width + i]! > values[row * width + best]!) best = i
    return best
  })
}
