import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { recordActivation } from '../../activations.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import type { Resolved } from '../../options/rule.js'
import { biasWeights, recordBias } from '../affine.js'
import { convolutionWindow } from './convolution-window.js'
import {
  type DepthwiseOptions,
  depthwiseMultiplyAdds,
  depthwiseShape,
  depthwiseSpecs,
  depthwiseWeight,
  recordDepthwise,
} from './depthwise.js'

export type DepthwiseConv2DOptions = DepthwiseOptions

const specs = depthwiseSpecs satisfies LayerSpecs<DepthwiseConv2DOptions>

/**
 * Convolution of every channel by itself: x `[N, H, W, C]`, kernel `[R, S, C, D]`, bias `[C·D]` → `[N, H', W', C·D]`; channel c
 * makes the channels c·D … c·D+D-1. It takes R·S multiply-adds for each number it makes, a C-th of what conv2d takes, and
 * leaves the mixing of channels to a convolution of 1×1 behind it: see `separableConv2d`.
 *
 * Source: Keras' DepthwiseConv2D, whose weights have the same names, shapes and order; unlike there strides and dilation may both be above 1.
 */
export class DepthwiseConv2D extends Layer<Resolved<typeof specs>> {
  constructor(options: DepthwiseConv2DOptions) {
    super('DepthwiseConv2D', specs, options)
  }

  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return [
      depthwiseWeight(this, 'kernel', shape),
      ...biasWeights(this.options, depthwiseShape(this, shape).at(-1)!),
    ]
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return depthwiseShape(this, shape)
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, [kernel, bias]: OneOrMore<Value>): Value {
    const product = recordDepthwise(context, this, x, kernel)
    return recordActivation(context.recorder, this.options.activation, recordBias(context, product, bias))
  }

  override multiplyAdds([shape]: OneOrMore<Shape>): number {
    return depthwiseMultiplyAdds(this, shape)
  }

  override get window(): LayerWindow {
    return convolutionWindow(this.options)
  }
}

export const depthwiseConv2d = (options: DepthwiseConv2DOptions): DepthwiseConv2D =>
  new DepthwiseConv2D(options)
