import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { recordActivation } from '../../activations.js'
import { type InitializerConfig, type InitializerOption, initializerRule } from '../../initializers.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, type Resolved, required } from '../../options/rule.js'
import { positiveInteger } from '../../options/rules.js'
import { type Regularizer, regularizerRule } from '../../regularizers.js'
import { biasWeights, recordBias, trainedWeight } from '../affine.js'
import { convolutionWindow } from './convolution-window.js'
import {
  type DepthwiseOptions,
  depthwiseMultiplyAdds,
  depthwiseShape,
  depthwiseSpecs,
  depthwiseWeight,
  recordDepthwise,
} from './depthwise.js'

export interface SeparableConv2DOptions extends DepthwiseOptions {
  /** Kernels of the second step, and so channels of the output. */
  readonly filters: number
  /** Default: glorotUniform. */
  readonly pointwiseInitializer?: InitializerOption
  /** Default: null, none. */
  readonly pointwiseRegularizer?: Regularizer | null
}

const specs = {
  ...depthwiseSpecs,
  filters: required(positiveInteger('32')),
  pointwiseInitializer: defaulting<InitializerConfig>(initializerRule, { name: 'glorotUniform' }),
  pointwiseRegularizer: defaulting(regularizerRule, null),
} satisfies LayerSpecs<SeparableConv2DOptions>

/** A window of one cell, which moves cell by cell. */
const pointwise = {
  kernel: [1, 1],
  strides: [1, 1],
  dilation: [1, 1],
  pad: { top: 0, bottom: 0, left: 0, right: 0 },
} as const

/**
 * A convolution in two steps: every channel by itself, then a mixture of channels at each place. x `[N, H, W, C]`,
 * depthwise_kernel `[R, S, C, D]`, pointwise_kernel `[1, 1, C·D, filters]`, bias `[filters]` → `[N, H', W', filters]`. With D = 1 it
 * takes R·S + filters multiply-adds for each place and channel of the input where conv2d takes R·S · filters.
 *
 * Source: Keras' SeparableConv2D, whose weights have the same names, shapes and order; Chollet 2017, "Xception" (arXiv 1610.02357).
 */
export class SeparableConv2D extends Layer<Resolved<typeof specs>> {
  constructor(options: SeparableConv2DOptions) {
    super('SeparableConv2D', specs, options)
  }

  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    const { pointwiseInitializer, pointwiseRegularizer, filters } = this.options
    return [
      depthwiseWeight(this, 'depthwise_kernel', shape),
      trainedWeight(
        'pointwise_kernel',
        this.pointwiseKernel(shape),
        pointwiseInitializer,
        pointwiseRegularizer,
      ),
      ...biasWeights(this.options, filters),
    ]
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return [...depthwiseShape(this, shape).slice(0, 2), this.options.filters]
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, weights: readonly Value[]): Value {
    const { recorder } = context
    const [depthwiseKernel, pointwiseKernel, bias] = weights as readonly [Value, Value, Value?]
    const filtered = recordDepthwise(context, this, x, depthwiseKernel)
    const product = recorder.apply('conv2d', pointwise, [filtered, pointwiseKernel])
    return recordActivation(recorder, this.options.activation, recordBias(context, product, bias))
  }

  override multiplyAdds([shape]: OneOrMore<Shape>): number {
    const [rows, columns] = depthwiseShape(this, shape)
    return depthwiseMultiplyAdds(this, shape) + rows! * columns! * sizeOf(this.pointwiseKernel(shape))
  }

  private pointwiseKernel(shape: Shape): Shape {
    return [1, 1, depthwiseShape(this, shape).at(-1)!, this.options.filters]
  }

  override get window(): LayerWindow {
    return convolutionWindow(this.options)
  }
}

export const separableConv2d = (options: SeparableConv2DOptions): SeparableConv2D =>
  new SeparableConv2D(options)
