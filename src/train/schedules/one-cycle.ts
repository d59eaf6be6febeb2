import { unknownName } from '../../base/nearest.js'
import { halfWave } from './cosine.js'
import {
  checkFits,
  type Length,
  lengthConfig,
  passed,
  type ReadLength,
  readLength,
  stepsOf,
} from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { between, checkRate } from './rates.js'
import type { Schedule, SchedulePlace } from './schedule.js'

export const cycleShapes = ['linear', 'cosine'] as const

export interface OneCycleOptions extends WarmUpOption {
  /** The highest rate. */
  readonly peak: number
  /** The rate of the first step. Default a fifth of the peak. */
  readonly start?: number
  /** The rate at the end of training. Default 0.07 of the peak. */
  readonly end?: number
  /** When the peak is reached. Default 0.23 of the training. */
  readonly peakAt?: Length
  /** The way up and down: straight, or half a wave of the cosine. Default `linear`. */
  readonly shape?: (typeof cycleShapes)[number]
}

/**
 * Up to a high rate, and down over the rest of the training (Smith & Topin 2018, "Super-Convergence"). The defaults are
 * the triangle with which airbench trains CIFAR-10 (Jordan 2024, arXiv:2404.00498).
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { peak } = options
  checkRate('oneCycle', 'peak', peak)
  const { start = 0.2 * peak, end = 0.07 * peak, peakAt = 0.23, shape = 'linear' } = options
  checkRate('oneCycle', 'start', start, { zero: true })
  checkRate('oneCycle', 'end', end, { zero: true })
  if (!cycleShapes.includes(shape)) throw unknownName('shape of oneCycle', shape, cycleShapes)
  const length = readLength('oneCycle: peakAt', peakAt)
  const way = shape === 'linear' ? (share: number) => share : halfWave
  return makeSchedule(options, {
    name: 'oneCycle',
    config: { peak, start, end, peakAt: lengthConfig(length), shape },
    rate(place) {
      const up = passed(length, place)
      return up < 1 ? between(start, peak, way(up)) : between(peak, end, way(down(length, place)))
    },
    check: training => checkFits('oneCycle: peakAt', length, training),
  })
}

/**
 * How much of the way down lies before a place: 1 at the end of training. A peak after so many epochs may be passed while
 * the progress of a time budget is still before it.
 */
function down(length: ReadLength, place: SchedulePlace): number {
  const peak = stepsOf(length, place) / place.steps
  return peak < 1 ? Math.max(0, (place.progress - peak) / (1 - peak)) : 0
}
