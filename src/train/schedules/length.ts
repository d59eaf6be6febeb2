import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { isRecord } from '../../base/record.js'
import type { ScheduledTraining, SchedulePlace } from './schedule.js'

/** In what the length of a part of a training is said. */
export const lengthUnits = ['share', 'epochs', 'steps'] as const

export type LengthUnit = (typeof lengthUnits)[number]

/**
 * How long a part of a training takes: a share of the whole, which a number alone is too, or so many epochs or steps.
 * Shares are right for every number of epochs, and the only ones that a time budget can plan with.
 */
export type Length =
  | number
  | { readonly share: number }
  | { readonly epochs: number }
  | { readonly steps: number }

/** A length that was read. */
export interface ReadLength {
  readonly unit: LengthUnit
  readonly value: number
}

/** @param option who asks, for errors: `cosine: over` */
export function readLength(option: string, given: Length): ReadLength {
  const length = typeof given === 'number' ? { share: given } : given
  const [unit, ...others] = isRecord(length) ? Object.keys(length) : []
  if (!isUnit(unit) || others.length > 0)
    throw new OptionError(
      `${option} must be a share of the training or one of { share }, { epochs }, { steps }, but ${JSON.stringify(given)} came.`,
      'For example 0.25, or { epochs: 5 }.',
    )
  const value = (length as unknown as Record<LengthUnit, unknown>)[unit]
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0)
    throw new OptionError(`${option} must be longer than 0 ${unit}, but ${String(value)} came.`)
  if (unit === 'share' && value > 1)
    throw new OptionError(
      `${option} must be a share of the training, at most 1, but ${value} came.`,
      `Epochs are given as { epochs: ${value} }.`,
    )
  return { unit, value }
}

/** How often the length fits into what lies before a place: 0 at the beginning, 1 when it is over. */
export function passed({ unit, value }: ReadLength, place: SchedulePlace): number {
  if (unit === 'share') return place.progress / value
  return place.step / (unit === 'epochs' ? value * place.stepsPerEpoch : value)
}

/** So many steps of this training. */
export function stepsOf({ unit, value }: ReadLength, { steps, stepsPerEpoch }: ScheduledTraining): number {
  return value * { share: steps, epochs: stepsPerEpoch, steps: 1 }[unit]
}

/** As JSON, and as it can be given again: a number for a share. */
export const lengthConfig = ({ unit, value }: ReadLength): Length =>
  unit === 'share' ? value : ({ [unit]: value } as Length)

/** Refuses a length beyond the end of the training. @param option who asks: `cosine: over` */
export function checkFits(option: string, length: ReadLength, training: ScheduledTraining): void {
  if (length.unit === 'share' || stepsOf(length, training) <= training.steps) return
  throw doesNotFit(`${option} is ${inWords(length)}`, length.unit, training)
}

/** The error for what reaches beyond the end. @param what a sentence without its end: `cosine: over is 5 epochs` */
export function doesNotFit(what: string, unit: LengthUnit, training: ScheduledTraining): OptionError {
  const there = unit === 'epochs' ? training.steps / training.stepsPerEpoch : training.steps
  const counted = inWords({ unit: unit === 'epochs' ? 'epochs' : 'steps', value: rounded(there) })
  return new OptionError(
    `${what}, but the training has only ${counted}.`,
    'Train for longer, make it shorter, or give it as a share of the training, for example 0.5.',
  )
}

/** `5 epochs`, `1 step`. */
export const inWords = ({ unit, value }: ReadLength): string => {
  const shown = Number.isInteger(value) ? formatCount(value) : String(value)
  if (unit === 'share') return `${shown} of the training`
  return `${shown} ${value === 1 ? unit.slice(0, -1) : unit}`
}

const rounded = (value: number): number => Math.floor(value * 100) / 100

const isUnit = (unit: string | undefined): unit is LengthUnit => lengthUnits.some(known => known === unit)
