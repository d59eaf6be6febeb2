import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../../initializers.js'
import type { LayerOptions, LayerSpecs, RecordContext, WeightSpec } from '../../layer.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { boolean, positiveNumber } from '../../options/rules.js'

/** What every layer that normalises is told of the variance, and of gamma and beta behind it. */
export interface AffineOptions extends LayerOptions {
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

export const affineSpecs = {
  epsilon: defaulting(positiveNumber('0.001'), 0.001),
  center: defaulting(boolean, true),
  scale: defaulting(boolean, true),
  gammaInitializer: defaulting<InitializerConfig>(initializerRule, { name: 'ones' }),
  betaInitializer: defaulting<InitializerConfig>(initializerRule, { name: 'zeros' }),
} satisfies LayerSpecs<AffineOptions>

type Affine = Resolved<typeof affineSpecs>

/** gamma and beta, as far as they are wanted, in Keras' order. */
export function affineWeights(options: Affine, shape: Shape): WeightSpec[] {
  const { scale, center, gammaInitializer, betaInitializer } = options
  return [
    ...(scale ? [{ name: 'gamma', shape, initializer: gammaInitializer, trainable: true }] : []),
    ...(center ? [{ name: 'beta', shape, initializer: betaInitializer, trainable: true }] : []),
  ]
}

/** gamma and beta, each flat; constants stand for those that are not wanted. `rest` are the weights behind them. */
export function affineValues(
  context: RecordContext,
  { scale, center }: Affine,
  size: number,
  weights: readonly Value[],
): { readonly gamma: Value; readonly beta: Value; readonly rest: readonly Value[] } {
  const rest = [...weights]
  const take = (wanted: boolean, name: string, value: number): Value =>
    wanted
      ? flat(context, rest.shift()!)
      : context.constant(
          name,
          Array.from({ length: size }, () => value),
        )
  const gamma = take(scale, 'gamma', 1)
  const beta = take(center, 'beta', 0)
  return { gamma, beta, rest }
}

const flat = ({ recorder }: RecordContext, value: Value): Value =>
  value.shape.length === 1 ? value : recorder.apply('reshape', { shape: [sizeOf(value.shape)] }, [value])
