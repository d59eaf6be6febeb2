import { makeSchedule, type WarmUpOption } from './make-schedule.js'
import { checkRate } from './rates.js'
import type { Schedule } from './schedule.js'

export interface ConstantOptions extends WarmUpOption {
  readonly rate: number
}

/** The same rate all the time; worth its name with a `warmUp`. */
export function constant(options: ConstantOptions): Schedule {
  const { rate } = options
  checkRate('constant', 'rate', rate)
  return makeSchedule(options, { name: 'constant', config: { rate }, rate: () => rate })
}
