import { OptionError } from '../../base/errors.js'

/** Refuses a learning rate that is not a finite number above 0. */
export function checkLearningRate(optimizer: string, learningRate: number): void {
  if (Number.isFinite(learningRate) && learningRate > 0) return
  throw new OptionError(
    `${optimizer}: learningRate must be a finite number above 0, but ${learningRate} came.`,
    'Try 0.01 for sgd or 0.001 for adam.',
  )
}

/** Refuses a factor outside [0, 1), such as a momentum that would never fade. */
export function checkFactor(optimizer: string, option: string, value: number): void {
  if (value >= 0 && value < 1) return
  throw new OptionError(`${optimizer}: ${option} must be at least 0 and below 1, but ${value} came.`)
}
