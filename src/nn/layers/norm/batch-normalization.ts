import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { rate } from '../../options/rules.js'
import { type AffineOptions, affineSpecs, affineValues, affineWeights } from './affine.js'

export interface BatchNormalizationOptions extends AffineOptions {
  /** Share of the moving statistics that stays at each step. Default 0.99; short trainings want 0.9. */
  readonly momentum?: number
}

const specs = {
  momentum: defaulting(rate, 0.99),
  ...affineSpecs,
} satisfies LayerSpecs<BatchNormalizationOptions>

/**
 * gamma · (x - mean) / √(variance + epsilon) + beta for each channel. While training, mean and (population) variance
 * are those of the batch, and the moving ones follow; else, and when not trainable, the moving ones are used.
 */
export class BatchNormalization extends Layer<Resolved<typeof specs>> {
  constructor(options: BatchNormalizationOptions = {}) {
    super('BatchNormalization', specs, options)
  }

  /** In Keras' order: gamma, beta, moving_mean, moving_variance, each `[C]`. */
  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    const statistic = (name: string, initializer: 'zeros' | 'ones'): WeightSpec => ({
      name,
      shape: shape.slice(-1),
      initializer: { name: initializer },
      trainable: false,
    })
    return [
      ...affineWeights(this.options, shape.slice(-1)),
      statistic('moving_mean', 'zeros'),
      statistic('moving_variance', 'ones'),
    ]
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  override batchStatistics([shape]: OneOrMore<Shape>): number | null {
    return this.options.trainable === false ? null : sizeOf(shape.slice(0, -1))
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, weights: readonly Value[]): Value {
    const training = context.training && this.options.trainable !== false
    const { gamma, beta, rest } = affineValues(context, this.options, x.shape.at(-1)!, weights)
    const [movingMean, movingVariance] = rest as [Value, Value]
    const mean = training ? context.recorder.apply('channelMean', {}, [x]) : movingMean
    const variance = training ? context.recorder.apply('channelVariance', {}, [x, mean]) : movingVariance
    if (training) {
      this.follow(context, 'moving_mean', movingMean, mean)
      this.follow(context, 'moving_variance', movingVariance, variance)
    }
    const { epsilon } = this.options
    return context.recorder.apply('batchNorm', { epsilon, training }, [x, mean, variance, gamma, beta])
  }

  /** moving ← momentum · moving + (1 - momentum) · batch */
  private follow(context: RecordContext, name: string, moving: Value, batch: Value): void {
    const { momentum } = this.options
    const shares = context.constant('momentum', [momentum, 1 - momentum])
    context.update(name, context.recorder.apply('combine', { square: false }, [moving, batch, shares]))
  }
}

export const batchNormalization = (options: BatchNormalizationOptions = {}): BatchNormalization =>
  new BatchNormalization(options)
