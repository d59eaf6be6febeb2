import { OptionError } from '../../base/errors.js'
import type { Schedule } from '../schedules/schedule.js'

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

/** A learning rate as it is given: a number, or a schedule that changes it from step to step. */
export type LearningRate = number | Schedule

/** What an optimizer keeps of it. With a schedule the number is that of its first step until training says otherwise. */
export interface LearningRateState {
  readonly learningRate: number
  readonly schedule: Schedule | null
}

/** Reads and checks the option `learningRate`. */
export function readLearningRate(optimizer: string, given: LearningRate): LearningRateState {
  if (typeof given === 'number') {
    checkLearningRate(optimizer, given)
    return { learningRate: given, schedule: null }
  }
  const learningRate = given.learningRate({ step: 0, steps: 1, stepsPerEpoch: 1 })
  return { learningRate, schedule: given }
}

/** The option `learningRate` as plain JSON. */
export const learningRateConfig = ({ learningRate, schedule }: LearningRateState): unknown =>
  schedule ? { name: schedule.name, ...schedule.config() } : learningRate
