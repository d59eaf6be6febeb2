import { OptionError } from '../../base/errors.js'
import { power as powerOf } from '../../base/portable-math.js'
import { checkFits, type Length, lengthConfig, passed, readLength } from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { checkRate } from './rates.js'
import type { Schedule } from './schedule.js'

export interface LinearOptions extends WarmUpOption {
  /** The rate of the first step. */
  readonly from: number
  /** The rate it comes to, and stays at. Default 0. */
  readonly to?: number
  /** How long it falls. Default 1: until the training ends. */
  readonly over?: Length
}

export interface PolynomialOptions extends LinearOptions {
  /** 1 is a straight line; above it falls fast first, below it falls fast last. Default 1. */
  readonly power?: number
}

/** to + (from - to) · (1 - s)^power, as Keras' `PolynomialDecay`; s is how much of `over` has passed. */
export function polynomial(options: PolynomialOptions): Schedule {
  const { power = 1 } = options
  if (!Number.isFinite(power) || power <= 0)
    throw new OptionError(`polynomial: power must be above 0, but ${String(power)} came.`, 'For example 2.')
  return falling('polynomial', options, power, { power })
}

/** A straight line from one rate to another. */
export const linear = (options: LinearOptions): Schedule => falling('linear', options, 1, {})

function falling(
  name: string,
  options: LinearOptions,
  power: number,
  more: { readonly power?: number },
): Schedule {
  const { from, to = 0, over = 1 } = options
  checkRate(name, 'from', from)
  checkRate(name, 'to', to, { zero: true })
  const length = readLength(`${name}: over`, over)
  return makeSchedule(options, {
    name,
    config: { from, to, over: lengthConfig(length), ...more },
    rate: place => to + (from - to) * powerOf(Math.max(0, 1 - passed(length, place)), power),
    check: training => checkFits(`${name}: over`, length, training),
  })
}
