import { OptionError } from '../base/errors.js'
import type { AugmentStep } from './augmentation/step.js'
import type { Part } from './batches.js'
import type { TrainingState } from './checkpoint.js'
import { trainEvaluationPrefix } from './train-evaluation.js'

/** What of a plan must be as it was when the checkpoint was made. */
export interface ResumedPlan {
  readonly train: Part
  /** Null without `trainEvaluation`. */
  readonly sample: Uint32Array | null
  readonly augmentation: { readonly steps: readonly AugmentStep[] } | null
  readonly classWeight: readonly number[] | null
  readonly batchSize: number
  /** Null without a time budget. */
  readonly budget: number | null
}

/** Refuses to go on in another way than training began: it would end with other bits, or its curves would have gaps. */
export function checkResume(plan: ResumedPlan, state: TrainingState): void {
  const { train, sample, augmentation, classWeight, batchSize, budget } = plan
  if (state.batchSize !== batchSize) refuse('batchSize', state.batchSize, batchSize)
  if (state.trainRows !== train.x.rows) refuse('training rows', state.trainRows, train.x.rows)
  checkAugmentation(augmentation?.steps ?? [], state.augment)
  checkClassWeight(classWeight, state.classWeight ?? null)
  if ((state.budget !== undefined) !== (budget !== null))
    throw new OptionError(
      `fit: the checkpoint was made ${budget === null ? 'with a' : 'without a'} budget, so its schedule would jump.`,
      `${budget === null ? 'Give a budget' : 'Leave budget out'}, or begin a new training.`,
    )
  if (state.epoch > 0 && `${trainEvaluationPrefix}loss` in state.history.history !== (sample !== null))
    throw new OptionError(
      `fit: the checkpoint was made ${sample ? 'without' : 'with'} trainEvaluation, so its curves would have a gap.`,
      `${sample ? 'Leave trainEvaluation out' : 'Give trainEvaluation as before'}, or begin a new training.`,
    )
}

function refuse(what: string, then: number, now: number): never {
  throw new OptionError(
    `fit: the checkpoint was made with ${what} ${then}, but ${now} came.`,
    'Resume with the same data and batchSize.',
  )
}

/** @param then undefined: a checkpoint of an earlier version, which does not say */
function checkAugmentation(now: readonly AugmentStep[], then: readonly AugmentStep[] | undefined): void {
  if (then === undefined || JSON.stringify(then) === JSON.stringify(now)) return
  throw new OptionError(
    `fit: the checkpoint was made with ${inWords(then)}, but ${inWords(now)} came.`,
    then.length === 0
      ? 'Leave augment out, or begin a new training.'
      : 'Give augment as before, or begin a new training.',
  )
}

function checkClassWeight(now: readonly number[] | null, then: readonly number[] | null): void {
  const words = (weights: readonly number[] | null) =>
    weights ? `classWeight ${JSON.stringify(weights)}` : 'no classWeight'
  if (words(now) === words(then)) return
  throw new OptionError(
    `fit: the checkpoint was made with ${words(then)}, but ${words(now)} came.`,
    `${then ? 'Give classWeight as before' : 'Leave classWeight out'}, or begin a new training.`,
  )
}

/** As it is given: every option with its value. */
const inWords = (steps: readonly AugmentStep[]): string =>
  steps.length === 0 ? 'no augment' : `augment ${JSON.stringify(steps)}`
