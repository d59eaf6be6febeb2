import { refuseUnknownOptions } from '../../base/nearest.js'
import { checkWhole } from '../option-checks.js'
import type { Callback } from './callback.js'

export interface LearningRateLoggerOptions {
  /** Notes the rate of every so many steps. Default 1. */
  readonly every?: number
  /** Hears each rate as it is noted. */
  readonly onRate?: (rate: number, step: number) => void
}

/** A callback that knows the learning rates of the steps it saw. */
export interface LearningRateLogger extends Callback {
  /** Steps of the training, from 0. */
  readonly steps: number[]
  /** The rate of each of `steps`. */
  readonly rates: number[]
}

/**
 * Collects the learning rate of steps: `const { rates } = callbacks.learningRateLogger()`. A resumed training begins
 * with an empty list. The rate of every epoch is in the history, as `learning_rate`, where something changes it.
 */
export function learningRateLogger(options: LearningRateLoggerOptions = {}): LearningRateLogger {
  refuseUnknownOptions('learningRateLogger', options, ['every', 'onRate'])
  const { every = 1, onRate } = options
  checkWhole('learningRateLogger', 'every', every, 1)
  const [steps, rates]: [number[], number[]] = [[], []]
  let stepsPerEpoch = 1
  return {
    name: 'learningRateLogger',
    steps,
    rates,
    onTrainBegin(event) {
      stepsPerEpoch = event.stepsPerEpoch
      steps.length = 0
      rates.length = 0
    },
    onBatchEnd({ epoch, step }, { optimizer: { learningRate } }) {
      const place = epoch * stepsPerEpoch + step - 1
      if (place % every !== 0) return
      steps.push(place)
      rates.push(learningRate)
      onRate?.(learningRate, place)
    },
  }
}
