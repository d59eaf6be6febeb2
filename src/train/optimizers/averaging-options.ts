import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { wholePower } from '../../base/portable-math.js'
import { isRecord } from '../../base/record.js'
import { checkFlag, checkWhole } from '../option-checks.js'
import type { Averages } from './averages.js'
import { ema } from './ema.js'
import { type LookaheadOptions, lookahead } from './lookahead.js'
import { checkFactor } from './options.js'

/**
 * Averages of the weights; one number more is remembered for each. At the end of `fit` they take the place of the weights,
 * and what is measured and kept after each epoch is what they say.
 */
export interface AveragingOptions {
  /** Keeps an exponential moving average of the trainable weights. Default false. */
  readonly useEma?: boolean
  /** How slowly it changes, 0 … below 1. Default 0.99. */
  readonly emaMomentum?: number
  /** Training goes on with the average every so many steps. Default null: never. */
  readonly emaOverwriteFrequency?: number | null
  /** Slow weights that training comes back to; `true` for the defaults. Default false. */
  readonly lookahead?: LookaheadOptions | boolean
}

export const averagingOptionNames = [
  'useEma',
  'emaMomentum',
  'emaOverwriteFrequency',
  'lookahead',
] as const satisfies (keyof AveragingOptions)[]

/** Reads and checks them; null: no averages are made. */
export function readAverages(optimizer: string, options: AveragingOptions): Averages | null {
  const [average, slow] = [readEma(optimizer, options), readLookahead(optimizer, options.lookahead ?? false)]
  if (average && slow)
    throw new OptionError(
      `${optimizer}: useEma and lookahead came together, but weights are averaged in one way only.`,
      'Keep one of them.',
    )
  return average ?? slow
}

function readEma(optimizer: string, options: AveragingOptions): Averages | null {
  const { useEma = false, emaMomentum = 0.99, emaOverwriteFrequency = null } = options
  checkFlag(optimizer, 'useEma', useEma)
  checkFactor(optimizer, 'emaMomentum', emaMomentum)
  if (emaOverwriteFrequency !== null) checkWhole(optimizer, 'emaOverwriteFrequency', emaOverwriteFrequency, 1)
  if (useEma) return ema({ momentum: emaMomentum, overwriteFrequency: emaOverwriteFrequency })
  if (options.emaMomentum === undefined && emaOverwriteFrequency === null) return null
  const idle = options.emaMomentum === undefined ? 'emaOverwriteFrequency' : 'emaMomentum'
  throw new OptionError(`${optimizer}: ${idle} does nothing without an average.`, 'Add useEma: true.')
}

function readLookahead(optimizer: string, given: LookaheadOptions | boolean): Averages | null {
  if (given === false) return null
  const options: LookaheadOptions | boolean = given === true ? {} : given
  if (!isRecord(options))
    throw new OptionError(
      `${optimizer}: lookahead must be true or an object, but ${JSON.stringify(given)} came.`,
      'Write lookahead: { every: 5 }.',
    )
  const who = `${optimizer}: lookahead`
  refuseUnknownOptions(who, options, ['every', 'decay', 'power'])
  const { every = 5, decay = wholePower(0.95, 5), power = 3 } = options as LookaheadOptions
  checkWhole(who, 'every', every, 1)
  checkFactor(who, 'decay', decay)
  checkWhole(who, 'power', power, 0)
  return lookahead({ every, decay, power })
}
