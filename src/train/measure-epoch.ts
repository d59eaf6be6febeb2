import { sizeOf } from '../base/shape.js'
import { type Batches, batchesOf, runBatches } from './batches.js'
import { type Evaluation, EvaluationSheet } from './evaluate.js'
import type { FitPlan } from './fit-options.js'
import { checkEvaluated } from './refuse-divergence.js'
import type { Session } from './session.js'
import { trainEvaluationPrefix } from './train-evaluation.js'
import type { Training } from './training.js'
import { ValidationRows } from './validation-rows.js'

/** The rows that are measured at the end of every epoch. */
export interface MeasuredRows {
  /** Null without a validation part. */
  readonly validation: Batches | null
  /** Of the training rows; null without `trainEvaluation`. */
  readonly sample: Batches | null
}

export interface EpochMeasures {
  /** `val_loss`, …, `train_eval_loss`, … */
  readonly logs: Readonly<Record<string, number>>
  readonly validation?: ValidationRows
}

export function measuredRows(
  { setup: { network } }: Session,
  { train, validation, sample, batchSize }: FitPlan,
): MeasuredRows {
  return {
    validation: validation && batchesOf(network, validation, batchSize),
    sample: sample && batchesOf(network, train, batchSize, sample),
  }
}

/** What the network says after an epoch; null when somebody asked for an end meanwhile. */
export async function measureEpoch(
  training: Training,
  rows: MeasuredRows,
  stopping: () => boolean,
): Promise<EpochMeasures | null> {
  const validation = await evaluate(training, rows.validation, 'val_', stopping)
  const sample = await evaluate(training, rows.sample, trainEvaluationPrefix, stopping)
  if (stopping()) return null
  const { network, compiled } = training.session.setup
  const classes = sizeOf(network.outputShape)
  const classifies = classes > 1 && compiled!.loss.name !== 'meanSquaredError'
  return {
    logs: { ...prefixed('val_', validation), ...prefixed(trainEvaluationPrefix, sample) },
    ...(validation && classifies && { validation: ValidationRows.of(validation, classes) }),
  }
}

/** Null where there is nothing to evaluate, or no time. */
async function evaluate(
  training: Training,
  batches: Batches | null,
  prefix: string,
  stopping: () => boolean,
): Promise<Evaluation | null> {
  if (!batches || stopping()) return null
  const sheet = new EvaluationSheet(batches)
  for await (const run of runBatches(training.session, 'evaluate', batches)) {
    await checkEvaluated(training, run, `${prefix}loss`)
    sheet.add(run)
    if (stopping()) return null
  }
  return sheet.evaluation()
}

const prefixed = (prefix: string, evaluation: Evaluation | null): Record<string, number> =>
  Object.fromEntries(Object.entries(evaluation?.logs ?? {}).map(([key, value]) => [`${prefix}${key}`, value]))
