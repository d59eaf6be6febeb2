import { OptionError } from '../base/errors.js'
import { formatCount } from '../base/format.js'
import { unknownName } from '../base/nearest.js'
import { rangeSentence, shiftSentence, symmetricSentence } from './tone-sentences.js'

/** How numbers become grey tones; see `toTones`. */
export type ToneRule = 'shift' | 'symmetric' | 'range'

export const toneRules: readonly ToneRule[] = ['shift', 'symmetric', 'range']

export interface ToneOptions {
  /** Default: shift. */
  readonly how?: ToneRule
  /** Grey levels that one stands for: 1 for bytes, 255 for a network that sees -0.5 … 0.5. Default: 1. */
  readonly unit?: number
}

/** Numbers as bytes to look at, and what was done with them. */
export interface Tones {
  /** One byte for each number, in their order. */
  readonly bytes: Uint8Array
  readonly how: ToneRule
  /** Grey levels added to each number (already times `unit`) before cutting; null where nothing is shifted. */
  readonly shift: number | null
  /** The numbers, in their own unit, that became 0 and 255; what lies beyond them was cut off. */
  readonly ends: readonly [low: number, high: number]
  /** How many numbers, as whole grey levels, lay below 0 after shifting, and how many above 255. */
  readonly cutBelow: number
  readonly cutAbove: number
  /** What was done, with the numbers, for whoever looks at the picture. */
  readonly sentence: string
}

const white = 255

/**
 * Numbers of any size, such as what a filter makes of a picture, as bytes 0 … 255.
 *
 * - `shift` (the tutorial's rule): rounded to whole grey levels, shifted, then cut off below 0 and above 255. Not shifted where all
 *   lie in 0 … 255; else by the whole number that cuts off the fewest, of equals by the one nearest 0.
 * - `symmetric`: 0 becomes mid grey; plus and minus the largest magnitude become white and black.
 * - `range`: the smallest becomes black, the largest white.
 *
 * @throws OptionError for a rule nobody knows, a unit that is not above 0, and numbers that are not finite
 */
export function toTones(values: ArrayLike<number>, { how = 'shift', unit = 1 }: ToneOptions = {}): Tones {
  if (!toneRules.includes(how)) throw unknownName('rule for tones', how, toneRules)
  if (!(unit > 0 && Number.isFinite(unit)))
    throw new OptionError(`toTones: unit should be a number above 0, but is ${unit}.`)
  checkFinite(values)
  return rules[how](values, unit)
}

const rules: Readonly<Record<ToneRule, (values: ArrayLike<number>, unit: number) => Tones>> = {
  shift: shifted,
  symmetric(values) {
    const end = largestMagnitude(values)
    return stretched('symmetric', values, [-end, end], symmetricSentence(end))
  },
  range(values) {
    const ends = extremes(values)
    return stretched('range', values, ends, rangeSentence(ends))
  },
}

function checkFinite(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]!))
      throw new OptionError(
        `toTones: number ${i + 1} of ${formatCount(values.length)} is ${values[i]}, which has no tone.`,
        'Numbers like this come from weights that diverged: train with a lower learning rate.',
      )
}

function shifted(values: ArrayLike<number>, unit: number): Tones {
  const levels = Float64Array.from(values, value => Math.round(value * unit))
  const sorted = levels.slice().sort()
  const shift = bestShift(sorted)
  const [cutBelow, cutAbove] = cut(sorted, shift)
  return {
    bytes: Uint8Array.from(levels, level => Math.max(0, Math.min(white, level + shift))),
    how: 'shift',
    shift,
    ends: [-shift / unit + 0, (white - shift) / unit],
    cutBelow,
    cutAbove,
    sentence: shiftSentence({ count: values.length, shift, cutBelow, cutAbove, unit }),
  }
}

/**
 * The whole shift that cuts off the fewest levels; of equals the one nearest 0, of opposites the brighter one.
 *
 * How many are kept changes only where one comes in at the lower end or leaves at the upper one. Between two such shifts all
 * are equal, so the best is at one of them, or 0.
 */
function bestShift(sorted: Float64Array): number {
  let best = { shift: 0, lost: lost(sorted, 0) }
  if (best.lost === 0) return 0
  for (const level of new Set(sorted))
    for (const shift of [0 - level, white - level]) {
      const now = { shift, lost: lost(sorted, shift) }
      if (isBetter(now, best)) best = now
    }
  return best.shift
}

interface Candidate {
  readonly shift: number
  readonly lost: number
}

const isBetter = (now: Candidate, best: Candidate): boolean =>
  now.lost < best.lost ||
  (now.lost === best.lost &&
    (Math.abs(now.shift) < Math.abs(best.shift) || (now.shift === -best.shift && now.shift > 0)))

function lost(sorted: Float64Array, shift: number): number {
  const [below, above] = cut(sorted, shift)
  return below + above
}

/** How many levels lie below 0 and above 255 after shifting. */
const cut = (sorted: Float64Array, shift: number): [below: number, above: number] => [
  countWhile(sorted, level => level < -shift),
  sorted.length - countWhile(sorted, level => level <= white - shift),
]

/** How many levels at the beginning of a sorted list hold a test that is true up to some place. */
function countWhile(sorted: Float64Array, holds: (level: number) => boolean): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (holds(sorted[middle]!)) from = middle + 1
    else to = middle
  }
  return from
}

/** The numbers between two ends spread over black to white; mid grey where both ends are one. */
function stretched(
  how: ToneRule,
  values: ArrayLike<number>,
  ends: readonly [number, number],
  sentence: string,
): Tones {
  const [low, high] = ends
  // Halves, because the distance of two large numbers can be infinite.
  const half = high / 2 - low / 2
  const tone = (value: number) => (half > 0 ? ((value / 2 - low / 2) / half) * white : white / 2)
  return {
    bytes: Uint8Array.from(values, value => Math.round(tone(value))),
    how,
    shift: null,
    ends,
    cutBelow: 0,
    cutAbove: 0,
    sentence,
  }
}

function largestMagnitude(values: ArrayLike<number>): number {
  const [low, high] = extremes(values)
  return Math.max(Math.abs(low), Math.abs(high))
}

/** The smallest and the largest number; 0 and 0 of none. */
export function extremes(values: ArrayLike<number>): [low: number, high: number] {
  if (values.length === 0) return [0, 0]
  let low = values[0]!
  let high = low
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low + 0, high + 0]
}
