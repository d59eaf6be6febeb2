import type { Shape } from '../../base/shape.js'
import type { Value } from '../../engine/ops/op.js'
import { type ActivationOption, activationRule } from '../activations.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../initializers.js'
import type { LayerOptions, RecordContext, WeightSpec } from '../layer.js'
import { defaulting } from '../options/rule.js'
import { boolean } from '../options/rules.js'
import { type Regularizer, regularizerRule } from '../regularizers.js'

/** What layers that end in a bias and an activation have in common. */
export interface BiasedOptions extends LayerOptions {
  /** What follows the sum. Default: linear. */
  readonly activation?: ActivationOption
  /** Whether a bias is added for each output. Default true. */
  readonly useBias?: boolean
  /** Default: zeros. */
  readonly biasInitializer?: InitializerOption
  /** Default: null, none. */
  readonly biasRegularizer?: Regularizer | null
}

/** What layers with a kernel and a bias have in common. */
export interface AffineOptions extends BiasedOptions {
  /** Default: glorotUniform. */
  readonly kernelInitializer?: InitializerOption
  /** `regularizers.l2(0.001)` adds 0.001 · Σ kernel² to the loss. Default: null, none. */
  readonly kernelRegularizer?: Regularizer | null
}

/** The options of a bias as they are stored. */
export interface BiasConfig {
  readonly useBias: boolean
  readonly biasInitializer: InitializerConfig
  readonly biasRegularizer: Regularizer | null
}

/** The options of kernel and bias as they are stored. */
export interface AffineConfig extends BiasConfig {
  readonly kernelInitializer: InitializerConfig
  readonly kernelRegularizer: Regularizer | null
}

export const biasedSpecs = {
  activation: defaulting(activationRule, 'linear'),
  useBias: defaulting(boolean, true),
  biasInitializer: defaulting(initializerRule, { name: 'zeros' }),
  biasRegularizer: defaulting(regularizerRule, null),
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
export const affineWeights = (options: AffineConfig, kernel: Shape): WeightSpec[] => [
  trainedWeight('kernel', kernel, options.kernelInitializer, options.kernelRegularizer),
  ...biasWeights(options, kernel.at(-1)!),
]

/** With `useBias` a bias for each of so many outputs. */
export const biasWeights = (options: BiasConfig, outputs: number): WeightSpec[] =>
  options.useBias ? [trainedWeight('bias', [outputs], options.biasInitializer, options.biasRegularizer)] : []

export const trainedWeight = (
  name: string,
  shape: Shape,
  initializer: InitializerConfig,
  regularizer: Regularizer | null,
): WeightSpec => ({ name, shape, initializer, trainable: true, ...(regularizer ?? {}) })

/** Records what follows the product: the bias, where there is one. */
export const recordBias = ({ recorder }: RecordContext, product: Value, bias: Value | undefined): Value =>
  bias ? recorder.apply('biasAdd', {}, [product, bias]) : product
