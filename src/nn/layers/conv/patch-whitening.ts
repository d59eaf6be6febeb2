import { type Shape, sizeOf } from '../../../base/shape.js'
import { symmetricEigen } from '../../../base/symmetric-eigen.js'
import type { Tensor } from '../../../base/tensor.js'
import type { Value } from '../../../engine/ops/op.js'
import {
  type ActivationConfig,
  type ActivationOption,
  activationRule,
  recordActivation,
} from '../../activations.js'
import {
  type AdaptedWeights,
  Layer,
  type LayerOptions,
  type LayerSpecs,
  type OneOrMore,
  type RecordContext,
  type WeightSpec,
} from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { boolean, type Pair, pair, positiveNumber } from '../../options/rules.js'
import { recordBias } from '../affine.js'
import { pictureOf } from '../picture.js'
import { sizeAfter, windowOver } from '../window.js'
import { type PatchStatistics, patchStatistics } from './patch-statistics.js'

export interface PatchWhiteningOptions extends LayerOptions {
  /** Height and width of the patches; one number for both. Default 2. */
  readonly kernelSize?: number | Pair
  /** Added to the variance along each direction, so that noise is not blown up. Default 0.0005, meant for pictures of variance 1. */
  readonly epsilon?: number
  /** Whether a bias is added, which training changes. Default true. */
  readonly useBias?: boolean
  /** What follows the sum. Default: linear. */
  readonly activation?: ActivationOption
}

const specs = {
  kernelSize: defaulting<Pair>(pair, [2, 2]),
  epsilon: defaulting(positiveNumber('0.0005'), 5e-4),
  useBias: defaulting(boolean, true),
  activation: defaulting<ActivationConfig>(activationRule, 'linear'),
} satisfies LayerSpecs<PatchWhiteningOptions>

/**
 * A first layer that need not be learned: a convolution (strides 1, padding valid) whose filters pick the directions in
 * which R×S patches of the training pictures vary, and bring all of them to one size. Neighbouring pixels are nearly
 * equal; the layers behind it no longer have to find that out.
 *
 * x `[N, H, W, C]` → `[N, H-R+1, W-S+1, 2·R·S·C]`. With eigenvectors e and eigenvalues λ of the patches' covariance, the
 * largest first, the filters are e / √(λ + epsilon), then their negatives, for an activation that keeps one side only. `model.adapt(x)`
 * computes them, or `fit` before its first step; training changes only the bias, which begins where the mean patch
 * gives 0. Best behind `normalization()`, for which epsilon is meant.
 *
 * Source: Jordan 2024, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU" (arXiv 2404.00498), section 3.2.
 */
export class PatchWhitening extends Layer<Resolved<typeof specs>> {
  constructor(options: PatchWhiteningOptions = {}) {
    super('PatchWhitening', specs, options)
  }

  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    const kernel = this.kernelFor(shape)
    const zeros = { name: 'zeros' } as const
    const weights: WeightSpec[] = [
      { name: 'kernel', shape: kernel, initializer: zeros, trainable: false, adapted: true },
    ]
    if (this.options.useBias)
      weights.push({ name: 'bias', shape: kernel.slice(-1), initializer: zeros, trainable: true })
    return weights
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return [...sizeAfter(this, shape, this.window), this.kernelFor(shape).at(-1)!]
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, [kernel, bias]: OneOrMore<Value>): Value {
    const window = windowOver(x.shape.slice(1), this.window)
    const product = context.recorder.apply('conv2d', window, [x, kernel])
    return recordActivation(context.recorder, this.options.activation, recordBias(context, product, bias))
  }

  override adapt(inputs: Tensor<Float32Array>): AdaptedWeights {
    const { kernelSize, epsilon, useBias } = this.options
    const { kernel, bias } = whiten(patchStatistics(inputs, kernelSize), epsilon)
    return useBias ? { kernel, bias } : { kernel }
  }

  override multiplyAdds([shape]: OneOrMore<Shape>): number {
    return sizeOf(sizeAfter(this, shape, this.window)) * sizeOf(this.kernelFor(shape))
  }

  private kernelFor(shape: Shape): Shape {
    const [, , C] = pictureOf(this, shape)
    const patch = [...this.options.kernelSize, C]
    return [...patch, 2 * sizeOf(patch)]
  }

  override get window(): LayerWindow {
    const { kernelSize } = this.options
    return { option: 'kernelSize', kernel: kernelSize, strides: [1, 1], dilation: [1, 1], padding: 'valid' }
  }
}

/** The filters as a kernel `[n, 2n]`, and the bias `[2n]` with which each gives 0 for the mean patch. */
function whiten({ mean, covariance }: PatchStatistics, epsilon: number) {
  const n = mean.length
  const kernel = new Float32Array(n * 2 * n)
  const bias = new Float32Array(2 * n)
  symmetricEigen(covariance, n).forEach(({ value, vector }, filter) => {
    const size = 1 / Math.sqrt(Math.max(value, 0) + epsilon)
    vector.forEach((entry, i) => {
      kernel[i * 2 * n + filter] = entry * size
      kernel[i * 2 * n + n + filter] = -entry * size
    })
    const center = size * vector.reduce((sum, entry, i) => sum + entry * mean[i]!, 0)
    bias[filter] = -center
    bias[n + filter] = center
  })
  return { kernel, bias }
}

export const patchWhitening = (options: PatchWhiteningOptions = {}): PatchWhitening =>
  new PatchWhitening(options)
