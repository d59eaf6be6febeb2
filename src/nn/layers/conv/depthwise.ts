import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../../initializers.js'
import type { Layer, RecordContext, WeightSpec } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, type Rule } from '../../options/rule.js'
import { type Pair, positiveInteger } from '../../options/rules.js'
import { type Regularizer, regularizerRule } from '../../regularizers.js'
import { type BiasedOptions, biasedSpecs, trainedWeight } from '../affine.js'
import { pictureOf } from '../picture.js'
import { sizeAfter, windowOver } from '../window.js'
import { type ConvolutionWindowOptions, convolutionWindowSpecs } from './convolution-window.js'

/** What layers have in common that filter every channel by itself. */
export interface DepthwiseOptions extends BiasedOptions, ConvolutionWindowOptions {
  /** Kernels D for each channel of the input. Default 1. */
  readonly depthMultiplier?: number
  /** Default: glorotUniform. As in Keras the kernel `[R, S, C, D]` counts as one with fans R·S·C and R·S·D. Not dirac. */
  readonly depthwiseInitializer?: InitializerOption
  /** `regularizers.l2(0.001)` adds 0.001 · Σ kernel² to the loss. Default: null, none. */
  readonly depthwiseRegularizer?: Regularizer | null
}

/** The kernels' options as they are stored. */
interface DepthwiseConfig {
  readonly kernelSize: Pair
  readonly depthMultiplier: number
  readonly depthwiseInitializer: InitializerConfig
  readonly depthwiseRegularizer: Regularizer | null
}

/** Dirac would hand a few channels on, each to another one's kernels, and leave the others as they are drawn. */
const depthwiseInitializerRule: Rule<InitializerConfig> = {
  ...initializerRule,
  expected: `${initializerRule.expected}; not dirac, which mixes channels`,
  read(value) {
    const config = initializerRule.read(value)
    return config?.name === 'dirac' ? undefined : config
  },
}

export const depthwiseSpecs = {
  ...biasedSpecs,
  ...convolutionWindowSpecs,
  depthMultiplier: defaulting(positiveInteger('2'), 1),
  depthwiseInitializer: defaulting<InitializerConfig>(depthwiseInitializerRule, { name: 'glorotUniform' }),
  depthwiseRegularizer: defaulting(regularizerRule, null),
}

/** A layer with such options. */
type DepthwiseLayer = Layer<DepthwiseConfig> & { readonly window: LayerWindow }

/** The kernel `[R, S, C, D]` under the name that Keras gives it. */
export function depthwiseWeight(layer: DepthwiseLayer, name: string, shape: Shape): WeightSpec {
  const { kernelSize, depthMultiplier, depthwiseInitializer, depthwiseRegularizer } = layer.options
  const [, , C] = pictureOf(layer, shape)
  const kernel = [...kernelSize, C, depthMultiplier]
  return trainedWeight(name, kernel, depthwiseInitializer, depthwiseRegularizer)
}

/** What the kernels leave of pictures `[H, W, C]`: `[H', W', C·D]`. */
export function depthwiseShape(layer: DepthwiseLayer, shape: Shape): Shape {
  const [, , C] = pictureOf(layer, shape)
  return [...sizeAfter(layer, shape, layer.window), C * layer.options.depthMultiplier]
}

export const recordDepthwise = (
  { recorder }: RecordContext,
  { window }: DepthwiseLayer,
  x: Value,
  kernel: Value,
): Value => recorder.apply('depthwiseConv2d', windowOver(x.shape.slice(1), window), [x, kernel])

export const depthwiseMultiplyAdds = (layer: DepthwiseLayer, shape: Shape): number =>
  sizeOf(depthwiseShape(layer, shape)) * sizeOf(layer.options.kernelSize)
