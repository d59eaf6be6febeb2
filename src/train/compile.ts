import { OptionError } from '../base/errors.js'
import { refuseUnknownOptions } from '../base/nearest.js'
import { isRecord } from '../base/record.js'
import type { Backend } from '../engine/backends/backend.js'
import { type Loss, type LossConfig, type LossName, lossFromConfig } from '../nn/losses.js'
import { type Metric, metricFromName } from '../nn/metrics.js'
import { show } from '../nn/options/resolve.js'
import type { Optimizer } from './optimizers/optimizer.js'
import { checkLearningRate } from './optimizers/options.js'
import { type OptimizerConfig, type OptimizerName, optimizerFromConfig } from './optimizers/registry.js'

export interface CompileOptions {
  /** One of `optimizers`, its name for the defaults, or `{ name, options }`. Default `'sgd'`. */
  readonly optimizer?: Optimizer | OptimizerName | OptimizerConfig
  /** One of `losses`, its name for the defaults, or `{ name, options }`. */
  readonly loss: Loss | LossName | LossConfig
  /** `'accuracy'`, `'top_5'`, or one of `metrics`. Default none. */
  readonly metrics?: readonly (Metric | string)[]
  /** Where the numbers are computed. Default: the fastest there is. */
  readonly backend?: Backend
}

/** What `compile` settled. */
export interface Compiled {
  readonly optimizer: Optimizer
  readonly loss: Loss
  readonly metrics: readonly Metric[]
}

/** Turns names into things; an unknown name offers the nearest. */
export function resolveCompile(options: CompileOptions): Compiled {
  refuseUnknownOptions('compile', options, ['optimizer', 'loss', 'metrics', 'backend'])
  const { optimizer = 'sgd', loss, metrics = [] } = options
  const chosen = isOptimizer(optimizer) ? optimizer : optimizerFromConfig(optimizer)
  if (!chosen.schedule) checkLearningRate(chosen.name, chosen.learningRate) // a warm-up may begin at 0
  return {
    optimizer: chosen,
    loss: isLoss(loss) ? loss : lossFromConfig(loss),
    metrics: readMetrics(metrics),
  }
}

const isOptimizer = (given: CompileOptions['optimizer']): given is Optimizer =>
  isRecord(given) && typeof given.coefficients === 'function'

const isLoss = (given: CompileOptions['loss']): given is Loss =>
  isRecord(given) && typeof given.record === 'function'

function readMetrics(metrics: CompileOptions['metrics']): readonly Metric[] {
  if (Array.isArray(metrics)) return distinct(metrics.map(readMetric))
  throw new OptionError(
    `compile: metrics must be a list, but ${show(metrics)} came.`,
    "For example metrics: ['accuracy'].",
  )
}

function readMetric(metric: Metric | string): Metric {
  if (typeof metric === 'string') return metricFromName(metric)
  if (isRecord(metric) && typeof metric.record === 'function') return metric
  throw new OptionError(
    `compile: a metric must be a name or one of metrics, but ${show(metric)} came.`,
    "For example metrics: ['accuracy', metrics.topK({ k: 5 })].",
  )
}

function distinct(metrics: readonly Metric[]): readonly Metric[] {
  const twice = metrics.find((metric, i) => metrics.findIndex(other => other.key === metric.key) < i)
  if (twice) throw new OptionError(`compile: the metric "${twice.key}" is listed twice.`, 'List it once.')
  return metrics
}
