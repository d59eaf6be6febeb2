import { OptionError } from '../../base/errors.js'
import { power } from '../../base/portable-math.js'
import { checkFits, type Length, lengthConfig, passed, readLength } from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { checkFalling, checkRate } from './rates.js'
import type { Schedule } from './schedule.js'
import { timesPassed } from './step.js'

export interface ExponentialOptions extends WarmUpOption {
  /** The rate of the first step. */
  readonly from: number
  /** What the rate is multiplied with in each `every`, above 0 and below 1. Default 0.9. */
  readonly factor?: number
  /** Default one epoch. */
  readonly every?: Length
  /** Falls at the end of each `every` only, not from step to step. Default false. */
  readonly staircase?: boolean
}

/**
 * from · factor^(steps / every), as Keras' `ExponentialDecay` with `decay_steps` and `decay_rate`
 * (keras.io/api/optimizers/learning_rate_schedules/exponential_decay).
 */
export function exponential(options: ExponentialOptions): Schedule {
  const { from, factor = 0.9, every = { epochs: 1 }, staircase = false } = options
  checkRate('exponential', 'from', from)
  checkFalling('exponential', 'factor', factor)
  if (typeof staircase !== 'boolean')
    throw new OptionError(`exponential: staircase must be true or false, but ${String(staircase)} came.`)
  const length = readLength('exponential: every', every)
  const exponent = staircase ? timesPassed : (lengths: number) => lengths
  return makeSchedule(options, {
    name: 'exponential',
    config: { from, factor, every: lengthConfig(length), staircase },
    rate: place => from * power(factor, exponent(passed(length, place))),
    // Without stairs a fall over more steps than there are is a gentle one, and nothing is left out.
    ...(staircase && { check: training => checkFits('exponential: every', length, training) }),
  })
}
