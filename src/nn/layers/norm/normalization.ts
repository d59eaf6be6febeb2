import type { Shape } from '../../../base/shape.js'
import type { Tensor } from '../../../base/tensor.js'
import type { Value } from '../../../engine/ops/op.js'
import {
  type AdaptedWeights,
  Layer,
  type LayerOptions,
  type OneOrMore,
  type RecordContext,
  type WeightSpec,
} from '../../layer.js'

/** Where a channel never changes, this variance stands for 0: numbers are divided by 1e-7 at least, as in Keras. */
const leastVariance = 1e-14

/**
 * (x - mean) / √variance for each channel, x `[…, C]` → the same shape. Mean and (population) variance are those of the training
 * pictures: `model.adapt(x)` computes them, or `fit` before its first step. Training does not change them.
 *
 * Source: Keras' Normalization, with axis -1.
 */
export class Normalization extends Layer {
  constructor(options: LayerOptions = {}) {
    super('Normalization', {}, options)
  }

  /** mean and variance, each `[C]`. */
  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return ['mean', 'variance'].map(name => ({
      name,
      shape: shape.slice(-1),
      initializer: { name: 'zeros' },
      trainable: false,
      adapted: true,
    }))
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, [mean, variance]: readonly Value[]): Value {
    const all = (name: string, value: number) =>
      context.constant(name, new Array<number>(x.shape.at(-1)!).fill(value))
    const inputs = [x, mean!, variance!, all('gamma', 1), all('beta', 0)]
    return context.recorder.apply('batchNorm', { epsilon: 0, training: false }, inputs)
  }

  override adapt({ data, shape }: Tensor<Float32Array>): AdaptedWeights {
    const C = shape.at(-1)!
    const rows = data.length / C
    const mean = sumChannels(data, C, value => value).map(sum => sum / rows)
    const variance = sumChannels(data, C, (value, c) => {
      const distance = value - mean[c]!
      return distance * distance
    }).map(sum => Math.max(sum / rows, leastVariance))
    return { mean: Float32Array.from(mean), variance: Float32Array.from(variance) }
  }
}

/** Σ term over all rows of each channel, in float64 and in their order. */
function sumChannels(
  data: Float32Array,
  C: number,
  term: (value: number, c: number) => number,
): Float64Array {
  const sums = new Float64Array(C)
  for (let row = 0; row < data.length; row += C)
    for (let c = 0; c < C; c++) sums[c]! += term(data[row + c]!, c)
  return sums
}

export const normalization = (options: LayerOptions = {}): Normalization => new Normalization(options)
