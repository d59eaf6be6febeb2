import { OptionError } from '../../base/errors.js'
import { show } from '../../nn/options/resolve.js'
import { type ScheduleConfig, scheduleConfig, scheduleFromConfig } from '../schedules/registry.js'
import type { Schedule } from '../schedules/schedule.js'

/** Refuses a learning rate that is not a finite number above 0. */
export function checkLearningRate(optimizer: string, learningRate: number): void {
  if (Number.isFinite(learningRate) && learningRate > 0) return
  throw new OptionError(
    `${optimizer}: learningRate must be a finite number above 0, but ${show(learningRate)} came.`,
    'Try 0.01 for sgd or 0.001 for adam.',
  )
}

/** Refuses a factor outside [0, 1), such as a momentum that would never fade. */
export function checkFactor(optimizer: string, option: string, value: number): void {
  if (typeof value === 'number' && value >= 0 && value < 1) return
  throw new OptionError(`${optimizer}: ${option} must be at least 0 and below 1, but ${show(value)} came.`)
}

/**
 * A learning rate as it is given: a number, or a schedule that changes it from step to step, as one of `schedules` or
 * as plain JSON (`{ name: 'cosine', from: 0.1 }`).
 */
export type LearningRate = number | Schedule | ScheduleConfig

/** What an optimizer keeps of it. With a schedule the number is that of its first step until training says otherwise. */
export interface LearningRateState {
  readonly learningRate: number
  readonly schedule: Schedule | null
}

/** Reads and checks the option `learningRate`. */
export function readLearningRate(optimizer: string, given: LearningRate): LearningRateState {
  if (typeof given !== 'object' || given === null) {
    checkLearningRate(optimizer, given)
    return { learningRate: given, schedule: null }
  }
  const schedule = isSchedule(given) ? given : scheduleFromConfig(given)
  return { learningRate: schedule.learningRate(firstOfMany), schedule }
}

/** The first step, of a training so long that every milestone lies ahead. */
const firstOfMany = { step: 0, steps: 1e9, stepsPerEpoch: 1e3, progress: 0 }

const isSchedule = (given: Schedule | ScheduleConfig): given is Schedule =>
  typeof given.learningRate === 'function'

/** The option `learningRate` as plain JSON. */
export const learningRateConfig = ({ learningRate, schedule }: LearningRateState): unknown =>
  schedule ? scheduleConfig(schedule) : learningRate
