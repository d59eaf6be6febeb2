import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import type { Padding } from '../../../engine/ops/window.js'
import { recordActivation } from '../../activations.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, type Resolved, required } from '../../options/rule.js'
import { type Pair, padding, pair, positiveInteger } from '../../options/rules.js'
import { type AffineOptions, affineSpecs, affineWeights, recordBias } from '../affine.js'
import { pictureOf } from '../picture.js'
import { sizeAfter, windowOver } from '../window.js'

export interface Conv2DOptions extends AffineOptions {
  /** Kernels, and so channels of the output. */
  readonly filters: number
  /** Height and width of the kernels; one number for both. */
  readonly kernelSize: number | Pair
  /** How far the kernel moves, down and to the right. Default 1. */
  readonly strides?: number | Pair
  /** `valid`: only whole windows. `same`: zeros around the picture, so that strides of 1 keep its size. Default valid. */
  readonly padding?: Padding
  /** Distance between the cells a kernel looks at. Default 1. */
  readonly dilationRate?: number | Pair
}

const specs = {
  ...affineSpecs,
  filters: required(positiveInteger('32')),
  kernelSize: required(pair),
  strides: defaulting<Pair>(pair, [1, 1]),
  padding: defaulting<Padding>(padding, 'valid'),
  dilationRate: defaulting<Pair>(pair, [1, 1]),
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
    const { kernelSize, strides, dilationRate, padding } = this.options
    return { option: 'kernelSize', kernel: kernelSize, strides, dilation: dilationRate, padding }
  }
}

export const conv2d = (options: Conv2DOptions): Conv2D => new Conv2D(options)
