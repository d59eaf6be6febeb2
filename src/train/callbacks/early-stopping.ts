import { refuseUnknownOptions } from '../../base/nearest.js'
import type { EndEvent, EpochEvent } from '../events.js'
import { checkFlag, checkWhole } from '../option-checks.js'
import { type BestRule, checkMonitor, isBetter, type Mode, readMode } from './best-rule.js'
import type { Callback, CallbackContext, PlannedTraining } from './callback.js'
import { checkAtLeastZero, type MonitorState, savedNumber } from './monitor.js'

export interface EarlyStoppingOptions {
  /** The log that is watched. Default `val_loss`. */
  readonly monitor?: string
  /** How much better a value must be to count. Default 0. */
  readonly minDelta?: number
  /** Epochs without improvement after which training ends; 0: at the first. Default 0. */
  readonly patience?: number
  /** `auto`: losses should fall, accuracies rise. Default `auto`. */
  readonly mode?: 'auto' | Mode
  /** Improvements count only where they also beat this value. Default: none. */
  readonly baseline?: number
  /** The model ends with the weights of the best epoch, not of the last. Default true (Keras: false). */
  readonly restoreBestWeights?: boolean
  /** Epochs before it are not looked at, from 0. Default 0. */
  readonly startFromEpoch?: number
}

const optionNames: readonly (keyof EarlyStoppingOptions)[] = [
  'monitor',
  'minDelta',
  'patience',
  'mode',
  'baseline',
  'restoreBestWeights',
  'startFromEpoch',
]

/** The rule of Keras' `EarlyStopping` (keras.io/api/callbacks/early_stopping), also where it counts oddly. */
class EarlyStopping implements Callback {
  readonly name = 'earlyStopping'
  readonly best?: BestRule
  private readonly rule: BestRule
  private readonly patience: number
  private readonly baseline: number | null
  private counted: MonitorState = fresh

  constructor(options: EarlyStoppingOptions) {
    refuseUnknownOptions('earlyStopping', options, optionNames)
    const { monitor = 'val_loss', minDelta = 0, patience = 0, mode = 'auto' } = options
    const { baseline = null, restoreBestWeights = true, startFromEpoch = 0 } = options
    checkAtLeastZero('earlyStopping', 'minDelta', minDelta)
    checkWhole('earlyStopping', 'patience', patience, 0)
    checkWhole('earlyStopping', 'startFromEpoch', startFromEpoch, 0)
    checkFlag('earlyStopping', 'restoreBestWeights', restoreBestWeights)
    this.rule = { monitor, mode: readMode('earlyStopping', monitor, mode), minDelta, startFromEpoch }
    this.patience = patience
    this.baseline = baseline
    if (restoreBestWeights) this.best = this.rule
  }

  check({ logs }: PlannedTraining): void {
    checkMonitor('earlyStopping', this.rule.monitor, logs)
  }

  state(): MonitorState {
    return this.counted
  }

  restore(state: unknown): void {
    this.counted = { wait: savedNumber(state, 'wait') ?? 0, best: savedNumber(state, 'best') }
  }

  onEpochEnd({ epoch, logs }: EpochEvent, context: CallbackContext): void {
    const { rule } = this
    if (epoch < rule.startFromEpoch) return
    const value = logs[rule.monitor]!
    const { wait, best } = this.counted
    if (isBetter(rule, value, best)) {
      const beatsBaseline = isBetter(rule, value, this.baseline)
      this.counted = { best: value, wait: beatsBaseline ? 0 : wait + 1 }
      return
    }
    this.counted = { best, wait: wait + 1 }
    // As in Keras, the first epoch of all never ends training.
    if (wait + 1 >= this.patience && epoch > 0) context.stop(this.why())
  }

  /** Also where training came to its planned end: the best weights are what one waits for, early end or not. */
  onTrainEnd(_: EndEvent, context: CallbackContext): void {
    if (this.best) context.restoreBest()
  }

  private why(): string {
    const { wait, best } = this.counted
    const epochs = `${wait} ${wait === 1 ? 'epoch' : 'epochs'}`
    return `earlyStopping: ${this.rule.monitor} has not got better than ${Number(best!.toPrecision(4))} for ${epochs}.`
  }
}

const fresh: MonitorState = { wait: 0, best: null }

/**
 * Ends training when a log has stopped getting better, and goes back to the weights of the best epoch. What counts as
 * the best epoch is then its rule for the whole training: in `history.best`, in checkpoints and in `restoreBest()`.
 *
 * Weights are restored whenever training ends, early or not, as in Keras 3. Checkpoints keep those of the last epoch
 * too, so that an interrupted training goes on with the same bits.
 */
export const earlyStopping = (options: EarlyStoppingOptions = {}): Callback => new EarlyStopping(options)
