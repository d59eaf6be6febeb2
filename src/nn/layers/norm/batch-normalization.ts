import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../../initializers.js'
import {
  Layer,
  type LayerOptions,
  type LayerSpecs,
  type OneOrMore,
  type RecordContext,
  type WeightSpec,
} from '../../layer.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { boolean, positiveNumber, rate } from '../../options/rules.js'

export interface BatchNormalizationOptions extends LayerOptions {
  /** Share of the moving statistics that stays at each step. Default 0.99; short trainings want 0.9. */
  readonly momentum?: number
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number
  /** Whether beta is added. Default true. */
  readonly center?: boolean
  /** Whether gamma multiplies. Default true. */
  readonly scale?: boolean
  /** Default: ones. */
  readonly gammaInitializer?: InitializerOption
  /** Default: zeros. */
  readonly betaInitializer?: InitializerOption
}

const specs = {
  momentum: defaulting(rate, 0.99),
  epsilon: defaulting(positiveNumber('0.001'), 0.001),
  center: defaulting(boolean, true),
  scale: defaulting(boolean, true),
  gammaInitializer: defaulting<InitializerConfig>(initializerRule, { name: 'ones' }),
  betaInitializer: defaulting<InitializerConfig>(initializerRule, { name: 'zeros' }),
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
    const { scale, center, gammaInitializer, betaInitializer } = this.options
    const vector = (name: string, initializer: InitializerConfig, trainable: boolean): WeightSpec => ({
      name,
      shape: shape.slice(-1),
      initializer,
      trainable,
    })
    return [
      ...(scale ? [vector('gamma', gammaInitializer, true)] : []),
      ...(center ? [vector('beta', betaInitializer, true)] : []),
      vector('moving_mean', { name: 'zeros' }, false),
      vector('moving_variance', { name: 'ones' }, false),
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
    const { gamma, beta, movingMean, movingVariance } = this.named(context, x, weights)
    const mean = training ? context.recorder.apply('channelMean', {}, [x]) : movingMean
    const variance = training ? context.recorder.apply('channelVariance', {}, [x, mean]) : movingVariance
    if (training) {
      this.follow(context, 'moving_mean', movingMean, mean)
      this.follow(context, 'moving_variance', movingVariance, variance)
    }
    const { epsilon } = this.options
    return context.recorder.apply('batchNorm', { epsilon, training }, [x, mean, variance, gamma, beta])
  }

  /** The weights by name; the op wants all four, so constants stand for those that were not wanted. */
  private named(context: RecordContext, x: Value, weights: readonly Value[]) {
    const rest = [...weights]
    const take = (wanted: boolean, name: string, value: number): Value =>
      (wanted && rest.shift()) ||
      context.constant(
        name,
        Array.from({ length: x.shape.at(-1)! }, () => value),
      )
    const gamma = take(this.options.scale, 'gamma', 1)
    const beta = take(this.options.center, 'beta', 0)
    const [movingMean, movingVariance] = rest as [Value, Value]
    return { gamma, beta, movingMean, movingVariance }
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
