export { type ConstantOptions, constant } from './constant.js'
export { type CosineOptions, cosine } from './cosine.js'
export { type ExponentialOptions, exponential } from './exponential.js'
export type { Length, LengthUnit } from './length.js'
export { type OneCycleOptions, oneCycle } from './one-cycle.js'
export { type PiecewiseOptions, piecewise, type RatePoint } from './piecewise.js'
export { type LinearOptions, linear, type PolynomialOptions, polynomial } from './polynomial.js'
export {
  type ScheduleConfig,
  type ScheduleName,
  scheduleConfig,
  scheduleFromConfig,
  scheduleNames,
} from './registry.js'
export type { Schedule, ScheduledTraining, SchedulePlace } from './schedule.js'
export { type StepOptions, step } from './step.js'
export type { WarmUp } from './warm-up.js'
