import { cosineOfTurns } from '../../base/portable-math.js'
import { checkFits, type Length, lengthConfig, passed, readLength } from './length.js'
import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { between, checkRate } from './rates.js'
import type { Schedule } from './schedule.js'

export interface CosineOptions extends WarmUpOption {
  /** The rate of the first step. */
  readonly from: number
  /** The rate it comes to, and stays at. Default 0. */
  readonly to?: number
  /** How long it falls. Default 1: until the training ends. */
  readonly over?: Length
}

/** Half a wave of the cosine from one rate to another, slow at both ends (Loshchilov & Hutter 2017, without restarts). */
export function cosine(options: CosineOptions): Schedule {
  const { from, to = 0, over = 1 } = options
  checkRate('cosine', 'from', from)
  checkRate('cosine', 'to', to, { zero: true })
  const length = readLength('cosine: over', over)
  return makeSchedule(options, {
    name: 'cosine',
    config: { from, to, over: lengthConfig(length) },
    rate: place => between(from, to, halfWave(passed(length, place))),
    check: training => checkFits('cosine: over', length, training),
  })
}

/** (1 - cos πs) / 2: from 0 to 1, with level ends. */
export const halfWave = (share: number): number => (1 - cosineOfTurns(Math.min(1, share) / 2)) / 2
