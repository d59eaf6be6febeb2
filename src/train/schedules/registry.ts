import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import { knownName } from '../../nn/names.js'
import { constant } from './constant.js'
import { cosine } from './cosine.js'
import { exponential } from './exponential.js'
import { oneCycle } from './one-cycle.js'
import { piecewise } from './piecewise.js'
import { linear, polynomial } from './polynomial.js'
import type { Schedule } from './schedule.js'
import { step } from './step.js'

/** Every schedule that can be asked for by name. */
const factories = {
  constant,
  step,
  piecewise,
  exponential,
  cosine,
  polynomial,
  linear,
  oneCycle,
} satisfies Record<string, (options: never) => Schedule>

export type ScheduleName = keyof typeof factories

export const scheduleNames = Object.keys(factories) as ScheduleName[]

/** A schedule as plain JSON: its name, and the options of the factory of this name. */
export interface ScheduleConfig {
  readonly name: string
  readonly [option: string]: unknown
}

/** The schedule that plain JSON describes: `{ name: 'cosine', from: 0.1 }`. An unknown name offers the nearest. */
export function scheduleFromConfig(config: ScheduleConfig): Schedule {
  if (!isRecord(config) || typeof config.name !== 'string')
    throw new OptionError(
      `A schedule is given as { name, … }, but ${JSON.stringify(config)} came.`,
      'For example { name: "cosine", from: 0.1 }.',
    )
  const { name, ...options } = config
  return (factories[scheduleName(name)] as (options: object) => Schedule)(options)
}

/** The name as it is written here: other spellings are understood (`one-cycle`), for unknown ones the nearest is offered. */
export function scheduleName(given: string): ScheduleName {
  const known = knownName(given, scheduleNames)
  if (known === undefined) throw unknownName('schedule', given, scheduleNames)
  return known
}

/** The way back: what `scheduleFromConfig` takes. */
export const scheduleConfig = (schedule: Schedule): ScheduleConfig => ({
  name: schedule.name,
  ...schedule.config(),
})
