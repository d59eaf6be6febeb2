import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { recordActivation } from '../../activations.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { type Resolved, required } from '../../options/rule.js'
import { positiveInteger } from '../../options/rules.js'
import { type AffineOptions, affineSpecs, affineWeights, recordBias } from '../affine.js'
import { pictureOf } from '../picture.js'
import { sizeAfter, windowOver } from '../window.js'
import {
  type ConvolutionWindowOptions,
  convolutionWindow,
  convolutionWindowSpecs,
} from './convolution-window.js'

export interface Conv2DOptions extends AffineOptions, ConvolutionWindowOptions {
  /** Kernels, and so channels of the output. */
  readonly filters: number
}

const specs = {
  ...affineSpecs,
  filters: required(positiveInteger('32')),
  ...convolutionWindowSpecs,
} satisfies LayerSpecs<Conv2DOptions>

/** Convolution over pictures: x `[N, H, W, C]`, kernel `[R, S, C, K]`, bias `[K]` → `[N, H', W', K]`. */
export class Conv2D extends Layer<Resolved<typeof specs>> {
  constructor(options: Conv2DOptions) {
    super('Conv2D', specs, options)
  }

  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return affineWeights(this.options, this.kernelFor(shape))
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return [...sizeAfter(this, shape, this.window), this.options.filters]
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, [kernel, bias]: OneOrMore<Value>): Value {
    const window = windowOver(x.shape.slice(1), this.window)
    const product = context.recorder.apply('conv2d', window, [x, kernel])
    return recordActivation(context.recorder, this.options.activation, recordBias(context, product, bias))
  }

  override multiplyAdds([shape]: OneOrMore<Shape>): number {
    return sizeOf(sizeAfter(this, shape, this.window)) * sizeOf(this.kernelFor(shape))
  }

  private kernelFor(shape: Shape): Shape {
    const [, , C] = pictureOf(this, shape)
    return [...this.options.kernelSize, C, this.options.filters]
  }

  override get window(): LayerWindow {
    return convolutionWindow(this.options)
  }
}

export const conv2d = (options: Conv2DOptions): Conv2D => new Conv2D(options)
