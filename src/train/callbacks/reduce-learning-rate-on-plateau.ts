import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import type { EpochEvent } from '../events.js'
import { checkWhole } from '../option-checks.js'
import { checkMonitor, isBetter, type Mode, readMode } from './best-rule.js'
import type { Callback, CallbackContext, PlannedTraining } from './callback.js'
import { checkAtLeastZero, type MonitorState, savedNumber } from './monitor.js'

export interface ReduceLearningRateOnPlateauOptions {
  /** The log that is watched. Default `val_loss`. */
  readonly monitor?: string
  /** What the rate is multiplied with, above 0 and below 1. Default 0.1. */
  readonly factor?: number
  /** Epochs without improvement after which the rate falls. Default 10. */
  readonly patience?: number
  /** `auto`: losses should fall, accuracies rise. Default `auto`. */
  readonly mode?: 'auto' | Mode
  /** How much better a value must be to count. Default 1e-4. */
  readonly minDelta?: number
  /** Epochs after a fall in which nothing is counted. Default 0. */
  readonly cooldown?: number
  /** The rate does not fall below it. Default 0. */
  readonly minLearningRate?: number
}

const who = 'reduceLearningRateOnPlateau'

const optionNames: readonly (keyof ReduceLearningRateOnPlateauOptions)[] = [
  'monitor',
  'factor',
  'patience',
  'mode',
  'minDelta',
  'cooldown',
  'minLearningRate',
]

interface PlateauState extends MonitorState {
  /** Epochs of the cooldown that are left. */
  readonly cooling: number
}

/** The rule of Keras' `ReduceLROnPlateau` (keras.io/api/callbacks/reduce_lr_on_plateau). */
class ReduceLearningRateOnPlateau implements Callback {
  readonly name = who
  readonly changesLearningRate = true
  private readonly options: Required<ReduceLearningRateOnPlateauOptions>
  private readonly rule: { readonly mode: Mode; readonly minDelta: number }
  private counted: PlateauState = { wait: 0, best: null, cooling: 0 }

  constructor(given: ReduceLearningRateOnPlateauOptions) {
    refuseUnknownOptions(who, given, optionNames)
    const options = { ...defaults, ...given }
    checkFactor(options.factor)
    checkWhole(who, 'patience', options.patience, 0)
    checkWhole(who, 'cooldown', options.cooldown, 0)
    checkAtLeastZero(who, 'minDelta', options.minDelta)
    checkAtLeastZero(who, 'minLearningRate', options.minLearningRate)
    this.options = options
    this.rule = { mode: readMode(who, options.monitor, options.mode), minDelta: options.minDelta }
  }

  check({ logs }: PlannedTraining): void {
    checkMonitor(who, this.options.monitor, logs)
  }

  state(): PlateauState {
    return this.counted
  }

  restore(state: unknown): void {
    this.counted = {
      wait: savedNumber(state, 'wait') ?? 0,
      best: savedNumber(state, 'best'),
      cooling: savedNumber(state, 'cooling') ?? 0,
    }
  }

  onEpochEnd({ logs }: EpochEvent, { optimizer }: CallbackContext): void {
    const value = logs[this.options.monitor]!
    const { best } = this.counted
    const cooling = Math.max(0, this.counted.cooling - 1)
    const wait = this.counted.cooling > 0 ? 0 : this.counted.wait
    if (isBetter(this.rule, value, best)) this.counted = { best: value, wait: 0, cooling }
    else if (cooling > 0) this.counted = { best, wait, cooling }
    else this.counted = this.afterWaiting({ best, wait: wait + 1, cooling }, optimizer)
  }

  /** The state after one more epoch without improvement; the rate falls when it was the last to wait for. */
  private afterWaiting(state: PlateauState, optimizer: CallbackContext['optimizer']): PlateauState {
    const { patience, factor, cooldown, minLearningRate } = this.options
    if (state.wait < patience || optimizer.learningRate <= minLearningRate) return state
    optimizer.learningRate = Math.max(optimizer.learningRate * factor, minLearningRate)
    return { ...state, wait: 0, cooling: cooldown }
  }
}

const defaults = {
  monitor: 'val_loss',
  factor: 0.1,
  patience: 10,
  mode: 'auto',
  minDelta: 1e-4,
  cooldown: 0,
  minLearningRate: 0,
} as const

function checkFactor(factor: number): void {
  if (factor > 0 && factor < 1) return
  throw new OptionError(
    `${who}: factor must be above 0 and below 1, but ${String(factor)} came.`,
    'For example 0.1: a tenth of the rate before.',
  )
}

/** Lets the learning rate fall when a log has stopped getting better. Each epoch's rate is in the logs: `learning_rate`. */
export const reduceLearningRateOnPlateau = (options: ReduceLearningRateOnPlateauOptions = {}): Callback =>
  new ReduceLearningRateOnPlateau(options)
