import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import { doesNotFit, inWords, type Length, passed, type ReadLength, readLength, stepsOf } from './length.js'
import { checkRate } from './rates.js'
import type { ScheduledTraining, SchedulePlace } from './schedule.js'

/**
 * A straight rise from a small rate to where the schedule begins (Goyal et al. 2017), before the schedule: its own
 * lengths count from the end of the warm-up, and its shares are shares of what is left.
 */
export type WarmUp = Exclude<Length, number> & {
  /** The rate of the first step. Default 0. */
  readonly from?: number
}

/** A warm-up that was read. */
export interface ReadWarmUp {
  readonly length: ReadLength
  readonly from: number
}

export function readWarmUp(schedule: string, given: WarmUp): ReadWarmUp {
  const option = `${schedule}: warmUp`
  if (!isRecord(given))
    throw new OptionError(
      `${option} must be { share }, { epochs } or { steps }, but ${JSON.stringify(given)} came.`,
      'For example warmUp: { epochs: 1 }.',
    )
  refuseUnknownOptions(option, given, ['share', 'epochs', 'steps', 'from'])
  const { from = 0, ...length } = given
  checkRate(option, 'from', from, { zero: true })
  return { length: readLength(option, length as Length), from }
}

export const warmUpConfig = ({ length, from }: ReadWarmUp): Record<string, unknown> => ({
  [length.unit]: length.value,
  from,
})

/** Refuses a warm-up that leaves nothing for the schedule. */
export function checkWarmUp(schedule: string, { length }: ReadWarmUp, training: ScheduledTraining): void {
  const steps = stepsOf(length, training)
  if (steps < training.steps) return
  const what = `${schedule}: the warm-up takes ${inWords(length)}`
  if (steps > training.steps) throw doesNotFit(what, length.unit, training)
  throw new OptionError(
    `${what}, which leaves nothing for the schedule.`,
    length.unit === 'share'
      ? 'Give it a smaller share, for example 0.1.'
      : 'Train for longer, or make it shorter.',
  )
}

/** How much of the warm-up lies before a place: 1 when it is over. */
export const warmth = ({ length }: ReadWarmUp, place: SchedulePlace): number =>
  Math.min(1, passed(length, place))

/** The training behind the warm-up, as the schedule sees it. */
export function trainingAfter({ length }: ReadWarmUp, training: ScheduledTraining): ScheduledTraining {
  return { ...training, steps: training.steps - stepsOf(length, training) }
}

/** A place in the training behind the warm-up; its beginning while the warm-up lasts. */
export function placeAfter(warmUp: ReadWarmUp, place: SchedulePlace): SchedulePlace {
  const before = stepsOf(warmUp.length, place)
  const share = before / place.steps
  return {
    ...trainingAfter(warmUp, place),
    step: Math.max(0, place.step - before),
    progress: share < 1 ? Math.max(0, (place.progress - share) / (1 - share)) : 0,
  }
}
