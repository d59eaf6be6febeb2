import { OptionError } from '../base/errors.js'
import { refuseUnknownOptions, unknownName } from '../base/nearest.js'
import { isRecord } from '../base/record.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import { knownName } from './names.js'
import { show } from './options/resolve.js'

/** What training makes smaller. `name` and `options` are plain JSON, and `lossFromConfig` makes the loss of them again. */
export interface Loss {
  readonly name: LossName
  /** The options that are not at their defaults. */
  readonly options: Readonly<Record<string, unknown>>
  /**
   * Records the loss of each row `[N]`. `logits` is what went into the softmax that made `prediction`; null when
   * the prediction does not come from a softmax. Labels have already become rows of numbers like the prediction.
   */
  record(recorder: Recorder, prediction: Value, logits: Value | null, target: Value): Value
}

export interface CrossentropyOptions {
  /**
   * Share of every label that is spread evenly over all C classes: the target becomes target · (1 - a) + a / C. At least 0
   * and below 1; default 0, usual 0.1 to 0.2. It raises the loss, of validation too: the least there can be is no longer 0.
   */
  readonly labelSmoothing?: number
}

/** -Σ target · log prediction, for class numbers or one-hot labels. Source: Keras' CategoricalCrossentropy. */
export function categoricalCrossentropy(options: CrossentropyOptions = {}): Loss {
  refuseUnknownOptions('categoricalCrossentropy', options, ['labelSmoothing'])
  const { labelSmoothing: smoothing = 0 } = options
  checkSmoothing(smoothing)
  return {
    name: 'categoricalCrossentropy',
    options: smoothing === 0 ? {} : { labelSmoothing: smoothing },
    record: (recorder, prediction, logits, target) => {
      const smooth = smoothing === 0 ? target : recorder.apply('smoothTarget', { smoothing }, [target])
      return crossEntropy(recorder, prediction, logits, smooth)
    },
  }
}

/** The same sum, for class numbers only: they become rows with a single one when a batch is made. */
export function sparseCategoricalCrossentropy(options: Readonly<Record<never, never>> = {}): Loss {
  if ('labelSmoothing' in options)
    throw new OptionError(
      'sparseCategoricalCrossentropy has no labelSmoothing.',
      'Use categoricalCrossentropy({ labelSmoothing }), which takes class numbers as well.',
    )
  refuseUnknownOptions('sparseCategoricalCrossentropy', options, [])
  return { name: 'sparseCategoricalCrossentropy', options: {}, record: crossEntropy }
}

/** The mean of (prediction - target)² over the numbers of a row. */
export function meanSquaredError(options: Readonly<Record<never, never>> = {}): Loss {
  refuseUnknownOptions('meanSquaredError', options, [])
  return {
    name: 'meanSquaredError',
    options: {},
    record: (recorder, prediction, _logits, target) =>
      recorder.apply('squaredError', {}, [prediction, target]),
  }
}

const factories = {
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  meanSquaredError,
} satisfies Record<string, (options: Readonly<Record<string, unknown>>) => Loss>

export type LossName = 'categoricalCrossentropy' | 'sparseCategoricalCrossentropy' | 'meanSquaredError'

export const lossNames = Object.keys(factories) as LossName[]

/** Names Keras has for the same. */
const shortNames: ReadonlyMap<string, LossName> = new Map([['mse', 'meanSquaredError']])

/**
 * The loss of that name; `categorical_crossentropy` and `mse` are understood, for other names the nearest is offered.
 * `options` as its factory takes them.
 */
export function lossFromName(name: string, options: Readonly<Record<string, unknown>> = {}): Loss {
  const known = shortNames.get(name) ?? knownName(name, lossNames)
  if (known === undefined) throw unknownName('loss', name, lossNames)
  return factories[known](options)
}

/** A loss as plain JSON: its name, and the options of the factory of this name. */
export interface LossConfig {
  readonly name: string
  readonly [option: string]: unknown
}

/** The loss that `{ name, …options }` describes; a name alone will do. It may come from a file, so nothing is believed. */
export function lossFromConfig(config: unknown): Loss {
  const { name, ...options } = isRecord(config) ? config : { name: config }
  if (typeof name === 'string') return lossFromName(name, options)
  throw new OptionError(
    `A loss must be a name or { name, …options }, but ${show(config)} came.`,
    "For example { name: 'categoricalCrossentropy', labelSmoothing: 0.1 }.",
  )
}

/** The way back: what `lossFromConfig` takes. */
export const lossConfig = ({ name, options }: Loss): LossConfig => ({ name, ...options })

/** From the logits where there are any: nothing is clipped then, and the gradient is exactly p - target. */
const crossEntropy: Loss['record'] = (recorder, prediction, logits, target) =>
  logits
    ? recorder.apply('softmaxCrossEntropy', {}, [logits, target])
    : recorder.apply('crossEntropy', {}, [prediction, target])

function checkSmoothing(smoothing: number): void {
  if (typeof smoothing === 'number' && smoothing >= 0 && smoothing < 1) return
  throw new OptionError(
    `categoricalCrossentropy: labelSmoothing must be at least 0 and below 1, but ${show(smoothing)} came.`,
    'For example labelSmoothing: 0.1.',
  )
}
