import type { Compiled } from './compile.js'
import { trainEvaluationPrefix } from './train-evaluation.js'

/** The key of the learning rate among an epoch's logs, as in Keras. */
export const learningRateKey = 'learning_rate'

/** What is logged beside loss and metrics of the training rows. */
export interface LoggedParts {
  readonly validation: unknown
  readonly sample: unknown
  readonly logsLearningRate: boolean
}

/** The keys of an epoch's logs, in their order. */
export function logKeys(
  { metrics }: Compiled,
  { validation, sample, logsLearningRate }: LoggedParts,
): string[] {
  const own = ['loss', ...metrics.map(({ key }) => key)]
  const prefixed = (prefix: string) => own.map(key => `${prefix}${key}`)
  return [
    ...own,
    ...(validation ? prefixed('val_') : []),
    ...(sample ? prefixed(trainEvaluationPrefix) : []),
    ...(logsLearningRate ? [learningRateKey] : []),
  ]
}
