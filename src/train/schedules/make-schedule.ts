import { refuseUnknownOptions } from '../../base/nearest.js'
import { between } from './rates.js'
import type { Schedule, ScheduledTraining, SchedulePlace } from './schedule.js'
import {
  checkWarmUp,
  placeAfter,
  type ReadWarmUp,
  readWarmUp,
  trainingAfter,
  type WarmUp,
  warmth,
  warmUpConfig,
} from './warm-up.js'

/** What every schedule can be given. */
export interface WarmUpOption {
  /** A straight rise before the schedule. Default: none. */
  readonly warmUp?: WarmUp
}

/** What is particular to one schedule. */
export interface ScheduleParts {
  readonly name: string
  /** Its options with their values, without `warmUp`. */
  readonly config: Readonly<Record<string, unknown>>
  rate(place: SchedulePlace): number
  check?(training: ScheduledTraining): void
}

/** A schedule made of its parts, with a warm-up where the options ask for one. */
export function makeSchedule(options: WarmUpOption, parts: ScheduleParts): Schedule {
  refuseUnknownOptions(parts.name, options, [...Object.keys(parts.config), 'warmUp'])
  return options.warmUp === undefined ? plain(parts) : warmed(parts, readWarmUp(parts.name, options.warmUp))
}

const plain = ({ name, config, rate, check }: ScheduleParts): Schedule => ({
  name,
  config: () => ({ ...config }),
  learningRate: rate,
  ...(check && { check }),
})

function warmed({ name, config, rate, check }: ScheduleParts, warmUp: ReadWarmUp): Schedule {
  return {
    name,
    config: () => ({ ...config, warmUp: warmUpConfig(warmUp) }),
    learningRate(place) {
      const rest = rate(placeAfter(warmUp, place))
      return between(warmUp.from, rest, warmth(warmUp, place))
    },
    check(training) {
      checkWarmUp(name, warmUp, training)
      check?.(trainingAfter(warmUp, training))
    },
  }
}
