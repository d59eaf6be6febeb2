import { OptionError } from '../base/errors.js'
import { refuseUnknownOptions } from '../base/nearest.js'
import type { Rows } from '../base/rows.js'
import type { Tensor } from '../base/tensor.js'
import { splitWarning, validationStart } from '../data/split.js'
import type { Network } from '../nn/network.js'
import { show } from '../nn/options/resolve.js'
import { Augmentation, checkMixing } from './augmentation/augmentation.js'
import type { AugmentConfig } from './augmentation/step.js'
import { checkBatchStatistics } from './batch-statistics.js'
import type { Part } from './batches.js'
import type { Callback } from './callbacks/callback.js'
import { checkCallbacks, checkList } from './callbacks/check-callbacks.js'
import { checkResume } from './check-resume.js'
import type { Checkpoint, CheckpointPolicy } from './checkpoint.js'
import { checkPart } from './checks.js'
import { type ClassWeight, planClassWeight } from './class-weight.js'
import type { Compiled } from './compile.js'
import type { TrainEvent } from './events.js'
import { learningRateKey, logKeys } from './log-keys.js'
import { checkFlag, checkWhole } from './option-checks.js'
import { sampleOfTraining } from './train-evaluation.js'
import { checkSlots, checkWeights } from './weights.js'

/** `auto`: a progress bar on a terminal, else a line an epoch. 0 nothing, 1 the bar, 2 a line an epoch. */
export type Verbose = 'auto' | 0 | 1 | 2

export interface FitOptions {
  /** Rows of one step; the last step of an epoch takes what is left. Default 32. */
  readonly batchSize?: number
  /** Passes over the training rows. Default 1. */
  readonly epochs?: number
  /**
   * Seconds that training takes. It plans its steps so that it ends then, and a schedule with it; the last epoch may be
   * cut short. `epochs` are then at most so many; default: as many as fit.
   */
  readonly budget?: number
  /** Share of the rows, taken from the end before any shuffle, that is not trained on but measured. Default 0. */
  readonly validationSplit?: number
  /** Measured after every epoch instead of a split. */
  readonly validationData?: readonly [x: Rows, y: Tensor]
  /**
   * Measures some of the training rows after every epoch as the validation part is measured: without dropout, and
   * with the weights at the end of the epoch, so that both curves compare (`train_eval_loss`, `train_eval_accuracy`).
   * A number: that many rows, drawn by the seed, the same after each epoch (all where there are fewer). `true`: as many
   * as the validation part has. Default false.
   */
  readonly trainEvaluation?: boolean | number
  /**
   * What training makes of its pictures before it sees them, in order: `[augment.flip(), augment.shift({ pixels: 2 })]`. Validation
   * and `trainEvaluation` see them as they are. Default: nothing.
   */
  readonly augment?: readonly AugmentConfig[]
  /**
   * What the loss of a picture counts, by its class: one number a class, at least 0, in class order. `'balanced'`: N / (C · n) for a
   * class of n of the N training rows, C classes having rows (scikit-learn's rule), so that all classes count the same; a class
   * without rows gets 0. Each row's loss is multiplied before the mean over the batch, which still divides by the number of rows
   * (Keras' `class_weight` with `sum_over_batch_size`, https://keras.io/api/models/model_training_apis/). The logged `loss` is the
   * weighted one, as in Keras; accuracy, `val_loss` and `train_eval_loss` are not weighted. Mixed labels count by their shares.
   * Labels must be classes, the loss a cross-entropy. Default: every class counts 1.
   */
  readonly classWeight?: ClassWeight
  /** Takes the training rows in another order each epoch. Default true. */
  readonly shuffle?: boolean
  /** Fixes shuffling, dropout and augmentation. Default: the model's seed. */
  readonly seed?: number
  readonly callbacks?: readonly Callback[]
  /** Ends training after the step under way, with a checkpoint where there is a policy for them. */
  readonly signal?: AbortSignal
  /** Threads that compute: at most, and by default, one for each core. The numbers do not depend on it. */
  readonly threads?: number
  readonly verbose?: Verbose
  /** Gets every event of training as it happens. */
  readonly onEvent?: (event: TrainEvent) => void
  /** Gets sentences about the data that a person should read. Default: `console.warn`. */
  readonly notice?: (sentence: string) => void
  readonly checkpoint?: CheckpointPolicy
  /** Goes on from here, to the same bits as if training had never been interrupted. Its seed counts. */
  readonly resume?: Checkpoint
  /** What `budget` is measured by, in seconds. Default: the machine's clock. */
  readonly clock?: () => number
}

const fitOptionNames: readonly (keyof FitOptions)[] = [
  'batchSize',
  'epochs',
  'budget',
  'validationSplit',
  'validationData',
  'trainEvaluation',
  'augment',
  'classWeight',
  'shuffle',
  'seed',
  'callbacks',
  'signal',
  'threads',
  'verbose',
  'onEvent',
  'notice',
  'checkpoint',
  'resume',
  'clock',
]

/** Options with their defaults filled in and checked, and the rows divided. */
export interface FitPlan {
  readonly train: Part
  readonly validation: Part | null
  /** The training rows that `trainEvaluation` measures; null where it does not. */
  readonly sample: Uint32Array | null
  /** Null where pictures stay as they are. */
  readonly augmentation: Augmentation | null
  /** One weight a class; null where all count the same. */
  readonly classWeight: readonly number[] | null
  readonly batchSize: number
  /** Infinity where only a budget ends training. */
  readonly epochs: number
  /** Seconds that training takes; null where epochs alone say when it ends. */
  readonly budget: number | null
  readonly clock: () => number
  /** What the clock said before anything was done. */
  readonly startedAt: number
  readonly shuffle: boolean
  readonly seed: number
  readonly verbose: Verbose
  /** Each epoch's logs tell its learning rate. */
  readonly logsLearningRate: boolean
  readonly options: FitOptions
}

/** The last step of an epoch takes what is left. */
export const stepsPerEpoch = ({ train, batchSize }: Pick<FitPlan, 'train' | 'batchSize'>): number =>
  Math.ceil(train.x.rows / batchSize)

/** Checks everything that can be checked before the first step. */
export function planFit(
  network: Network,
  compiled: Compiled,
  data: Part,
  modelSeed: number,
  options: FitOptions,
): FitPlan {
  refuseUnknownOptions('fit', options, fitOptionNames)
  const { batchSize = 32, budget = null, shuffle = true, verbose = 'auto', clock = machineClock } = options
  const { callbacks = [] } = options
  const startedAt = clock()
  const epochs = options.epochs ?? (budget === null ? 1 : Number.POSITIVE_INFINITY)
  checkNumbers(options, batchSize, epochs)
  checkFlag('fit', 'shuffle', shuffle)
  checkVerbose(verbose)
  checkList(callbacks)
  checkPart(network, compiled, data, ['x', 'y'])
  const { train, validation } = divide(data, options)
  if (options.validationData) checkPart(network, compiled, validation!, ['validation x', 'validation y'])
  checkBatchStatistics(network, { rows: train.x.rows, batchSize }, options.notice ?? console.warn)
  const seed = options.resume?.state.seed ?? options.seed ?? modelSeed
  const sample = sampleOfTraining(options.trainEvaluation ?? false, train, validation, seed)
  const augmentation = Augmentation.plan('fit', options.augment ?? [], train.x)
  if (augmentation) checkMixing(augmentation, { loss: compiled.loss.name, batchSize })
  const classWeight = planClassWeight(options.classWeight, network, compiled, train.y)
  const logsLearningRate = tellsLearningRate(compiled, options)
  const numbers = { batchSize, epochs, budget, clock, startedAt, shuffle, seed, verbose }
  const plan = { train, validation, sample, augmentation, classWeight, ...numbers, logsLearningRate, options }
  checkCallbacks(callbacks, compiled.optimizer, logKeys(compiled, plan))
  if (options.resume) {
    checkResume(plan, options.resume.state)
    checkWeights(network, options.resume.weights)
    checkSlots(network, compiled, options.resume.optimizer)
  }
  return plan
}

/** Refuses schedules that are longer than the training. With a budget the first plan tells how many steps there are. */
export function checkSchedules(plan: FitPlan, { optimizer }: Compiled): void {
  const perEpoch = stepsPerEpoch(plan)
  if (plan.budget === null)
    optimizer.checkTraining({ steps: plan.epochs * perEpoch, stepsPerEpoch: perEpoch })
}

/** Where something changes the rate. A curve has a value for every epoch, so a resumed training does as it began. */
function tellsLearningRate({ optimizer }: Compiled, { callbacks = [], resume }: FitOptions): boolean {
  const { epoch, history } = resume?.state.history ?? { epoch: [], history: {} }
  if (epoch.length > 0) return learningRateKey in history
  return optimizer.schedule !== null || callbacks.some(({ changesLearningRate }) => changesLearningRate)
}

const machineClock = (): number => performance.now() / 1000

function checkNumbers(
  { threads, seed, checkpoint, budget }: FitOptions,
  batchSize: number,
  epochs: number,
): void {
  checkWhole('fit', 'batchSize', batchSize, 1)
  if (epochs !== Number.POSITIVE_INFINITY || budget === undefined) checkWhole('fit', 'epochs', epochs, 1)
  if (budget !== undefined && !(Number.isFinite(budget) && budget > 0))
    throw new OptionError(
      `fit: budget must be a number of seconds above 0, but ${show(budget)} came.`,
      'For example budget: 180 for three minutes.',
    )
  if (threads !== undefined) checkWhole('fit', 'threads', threads, 1)
  if (seed !== undefined) checkWhole('fit', 'seed', seed, 0)
  const every = checkpoint?.everySeconds
  if (every !== undefined && !(every > 0))
    throw new OptionError(`fit: checkpoint.everySeconds must be a number above 0, but ${every} came.`)
}

function checkVerbose(verbose: unknown): void {
  if (verbose === 'auto' || verbose === 0 || verbose === 1 || verbose === 2) return
  throw new OptionError(
    `fit: verbose must be 'auto', 0, 1 or 2, but ${show(verbose)} came.`,
    "0 prints nothing, 1 a bar, 2 a line an epoch; 'auto' a bar where there is a terminal.",
  )
}

function checkPair(validationData: unknown): void {
  if (Array.isArray(validationData) && validationData.length === 2) return
  throw new OptionError(
    'fit: validationData must be a list of two tensors, but something else came.',
    'For example validationData: [test.x, test.y].',
  )
}

function divide(data: Part, options: FitOptions): { train: Part; validation: Part | null } {
  const { validationSplit = 0, validationData, notice = console.warn } = options
  if (validationData) checkPair(validationData)
  if (validationData) return { train: data, validation: { x: validationData[0], y: validationData[1] } }
  if (validationSplit === 0) return { train: data, validation: null }
  const at = validationStart(data.x.rows, validationSplit)
  const warning = splitWarning(data.y, at)
  if (warning) notice(warning)
  return {
    train: { x: data.x.slice(0, at), y: data.y.slice(0, at) },
    validation: { x: data.x.slice(at), y: data.y.slice(at) },
  }
}
