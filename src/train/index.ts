export type { ActivationBatch, ActivationOptions, Activations } from './activations.js'
export type { Attention, AttentionOptions } from './attention.js'
export * as augment from './augmentation/index.js'
export type { BestRule } from './callbacks/best-rule.js'
export type { Callback, CallbackContext, PlannedTraining } from './callbacks/callback.js'
export type {
  BestEpoch,
  BudgetState,
  Checkpoint,
  CheckpointPolicy,
  EpochSums,
  Tensors,
  TrainingState,
} from './checkpoint.js'
export type { ClassWeight } from './class-weight.js'
export type { CompileOptions } from './compile.js'
export type { Evaluation } from './evaluate.js'
export type * from './events.js'
export type { FitOptions, Verbose } from './fit-options.js'
export { History, historyOf } from './history.js'
export type { FindLearningRateOptions, FoundLearningRate } from './learning-rate/find.js'
export { type FunctionalOptions, Model, type ModelOptions, type RunOptions } from './model.js'
export * as optimizers from './optimizers/index.js'
export type { Optimizer } from './optimizers/optimizer.js'
export type { KernelPlan, PlanOptions, StepPlan, StepTiming } from './plan.js'
export { renderBar } from './progress/bar.js'
export { renderEpoch } from './progress/line.js'
export * as schedules from './schedules/index.js'
export type { Schedule, ScheduledTraining, SchedulePlace } from './schedules/schedule.js'
export { Sequential } from './sequential.js'
export type { TestTime } from './test-time/views.js'
export { ValidationRows } from './validation-rows.js'
