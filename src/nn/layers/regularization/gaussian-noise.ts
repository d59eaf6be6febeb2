import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { atLeastZero } from '../../options/rules.js'

export interface GaussianNoiseOptions extends LayerOptions {
  /** Standard deviation of what is added, in the units of the input; at least 0. */
  readonly stddev: number
}

const specs = { stddev: required(atLeastZero('0.1')) } satisfies LayerSpecs<GaussianNoiseOptions>

/** While training, adds to every number one of the normal distribution with mean 0; else does nothing. Source: Keras' GaussianNoise. */
export class GaussianNoise extends Layer<Resolved<typeof specs>> {
  constructor(options: GaussianNoiseOptions) {
    super('GaussianNoise', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record({ recorder, training, salt, randomState }: RecordContext, [x]: OneOrMore<Value>): Value {
    const { stddev } = this.options
    if (!training || stddev === 0) return x
    return recorder.apply('gaussianNoise', { stddev, salt, multiplicative: false }, [x, randomState()])
  }
}

export const gaussianNoise = (options: GaussianNoiseOptions): GaussianNoise => new GaussianNoise(options)
