import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { rate } from '../../options/rules.js'
import type { DropoutOptions } from './dropout.js'

const specs = { rate: required(rate) } satisfies LayerSpecs<DropoutOptions>

/**
 * While training, multiplies every number by one of the normal distribution with mean 1 and deviation √(rate / (1 - rate)), as
 * far from 1 on average as dropout of that rate; else does nothing.
 *
 * Source: Srivastava et al. 2014, "Dropout", section 10; Keras' GaussianDropout.
 */
export class GaussianDropout extends Layer<Resolved<typeof specs>> {
  constructor(options: DropoutOptions) {
    super('GaussianDropout', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record({ recorder, training, salt, randomState }: RecordContext, [x]: OneOrMore<Value>): Value {
    const { rate } = this.options
    if (!training || rate === 0) return x
    const stddev = Math.sqrt(rate / (1 - rate))
    return recorder.apply('gaussianNoise', { stddev, salt, multiplicative: true }, [x, randomState()])
  }
}

export const gaussianDropout = (options: DropoutOptions): GaussianDropout => new GaussianDropout(options)
