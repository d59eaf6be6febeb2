import { wholePower } from '../../base/portable-math.js'
import { checkFits, type Length, lengthConfig, passed, readLength } from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { checkFalling, checkRate } from './rates.js'
import type { Schedule } from './schedule.js'

export interface StepOptions extends WarmUpOption {
  /** The rate before the first fall. */
  readonly from: number
  /** What the rate is multiplied with at each fall, above 0 and below 1. Default 0.1. */
  readonly factor?: number
  /** How long it stays. Default a third of the training. */
  readonly every?: Length
}

/** A rate that falls at once, again and again: `step({ from: 0.1, factor: 0.5, every: { epochs: 10 } })`. */
export function step(options: StepOptions): Schedule {
  const { from, factor = 0.1, every = 1 / 3 } = options
  checkRate('step', 'from', from)
  checkFalling('step', 'factor', factor)
  const length = readLength('step: every', every)
  return makeSchedule(options, {
    name: 'step',
    config: { from, factor, every: lengthConfig(length) },
    rate: place => from * wholePower(factor, timesPassed(passed(length, place))),
    check: training => checkFits('step: every', length, training),
  })
}

/** Shares do not divide to whole numbers exactly: 0.3 / 0.1 is a little below 3. */
export const timesPassed = (lengths: number): number => Math.floor(lengths + 1e-9)
