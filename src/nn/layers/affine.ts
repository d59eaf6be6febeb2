import type { Shape } from '../../base/shape.js'
import type { Value } from '../../engine/ops/op.js'
import { type ActivationConfig, type ActivationOption, activationRule } from '../activations.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../initializers.js'
import type { LayerOptions, RecordContext, WeightSpec } from '../layer.js'
import { defaulting } from '../options/rule.js'
import { boolean } from '../options/rules.js'
import { type Regularizer, regularizerRule } from '../regularizers.js'

/** What layers with a kernel and a bias have in common. */
export interface AffineOptions extends LayerOptions {
  /** What follows the sum. Default: linear. */
  readonly activation?: ActivationOption
  /** Whether a bias is added for each output. Default true. */
  readonly useBias?: boolean
  /** Default: glorotUniform. */
  readonly kernelInitializer?: InitializerOption
  /** Default: zeros. */
  readonly biasInitializer?: InitializerOption
  /** `regularizers.l2(0.001)` adds 0.001 · Σ kernel² to the loss. Default: null, none. */
  readonly kernelRegularizer?: Regularizer | null
  /** Default: null, none. */
  readonly biasRegularizer?: Regularizer | null
}

/** The common options as they are stored. */
export interface AffineConfig {
  readonly activation: ActivationConfig
  readonly useBias: boolean
  readonly kernelInitializer: InitializerConfig
  readonly biasInitializer: InitializerConfig
  readonly kernelRegularizer: Regularizer | null
  readonly biasRegularizer: Regularizer | null
}

export const affineSpecs = {
  activation: defaulting(activationRule, 'linear'),
  useBias: defaulting(boolean, true),
  kernelInitializer: defaulting(initializerRule, { name: 'glorotUniform' }),
  biasInitializer: defaulting(initializerRule, { name: 'zeros' }),
  kernelRegularizer: defaulting(regularizerRule, null),
  biasRegularizer: defaulting(regularizerRule, null),
}

/** A kernel, and with `useBias` a bias for each of its outputs (its last axis). */
export function affineWeights(options: AffineConfig, kernel: Shape): WeightSpec[] {
  const { kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = options
  const weights = [weight('kernel', kernel, kernelInitializer, kernelRegularizer)]
  if (options.useBias) weights.push(weight('bias', kernel.slice(-1), biasInitializer, biasRegularizer))
  return weights
}

const weight = (
  name: string,
  shape: Shape,
  initializer: InitializerConfig,
  regularizer: Regularizer | null,
): WeightSpec => ({ name, shape, initializer, trainable: true, ...(regularizer ?? {}) })

/** Records what follows the product: the bias, where there is one. */
export const recordBias = ({ recorder }: RecordContext, product: Value, bias: Value | undefined): Value =>
  bias ? recorder.apply('biasAdd', {}, [product, bias]) : product
