export { type EarlyStoppingOptions, earlyStopping } from './early-stopping.js'
export {
  type LearningRateLogger,
  type LearningRateLoggerOptions,
  learningRateLogger,
} from './learning-rate-logger.js'
export {
  type ReduceLearningRateOnPlateauOptions,
  reduceLearningRateOnPlateau,
} from './reduce-learning-rate-on-plateau.js'
export { type TimeLimitOptions, timeLimit } from './time-limit.js'
