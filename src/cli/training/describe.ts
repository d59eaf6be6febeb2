import { isRecord } from '../../base/record.js'
import type { TrainSettings } from './settings.js'

/** `sgd, learning rate 0.001, momentum 0.5`; with a schedule `learning rate oneCycle (peak 0.1)`. */
export function describeOptimizer({ name, options }: TrainSettings['optimizer']): string {
  const { learningRate, momentum, weightDecay } = options
  return [
    name,
    `learning rate ${describeRate(learningRate)}`,
    ...(momentum ? [`momentum ${momentum}`] : []),
    ...(weightDecay ? [`weight decay ${weightDecay}`] : []),
  ].join(', ')
}

/** A number, or the name of a schedule with its leading rate. */
export function describeRate(rate: unknown): string {
  if (!isRecord(rate)) return String(rate)
  const leading = ['peak', 'from', 'rate'].find(option => rate[option] !== undefined)
  return leading === undefined ? String(rate.name) : `${rate.name} (${leading} ${rate[leading]})`
}

/** What is done against overfitting: `flip, shift · dropout · label smoothing 0.1 · early stopping after 5 epochs`. */
export function describeTreatment({ augment, remedies, loss, earlyStopping }: TrainSettings): string[] {
  const steps = augment.map(({ name }) => name)
  return [
    ...(steps.length > 0 ? [steps.join(', ')] : []),
    ...remedies,
    ...(loss.labelSmoothing ? [`label smoothing ${loss.labelSmoothing}`] : []),
    ...(earlyStopping === null ? [] : [`early stopping after ${inEpochs(earlyStopping)}`]),
  ]
}

/** `1 epoch`, `5 epochs`. */
export const inEpochs = (count: number): string => `${count} ${count === 1 ? 'epoch' : 'epochs'}`
