import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { rate } from '../../options/rules.js'
import { pictureOf } from '../picture.js'
import type { DropoutOptions } from './dropout.js'

const specs = { rate: required(rate) } satisfies LayerSpecs<DropoutOptions>

/**
 * Dropout of whole channels: while training, sets a random share of each picture's channels to zero and multiplies the rest
 * by 1 / (1 - rate); else does nothing. x `[N, H, W, C]` → the same shape. For use between convolutions, where a single
 * number that is dropped can be told from its neighbours.
 *
 * Source: Tompson et al. 2015, "Efficient Object Localization Using Convolutional Networks"; Keras' SpatialDropout2D.
 */
export class SpatialDropout2D extends Layer<Resolved<typeof specs>> {
  constructor(options: DropoutOptions) {
    super('SpatialDropout2D', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return pictureOf(this, shape)
  }

  record({ recorder, training, salt, randomState }: RecordContext, [x]: OneOrMore<Value>): Value {
    const { rate } = this.options
    return training && rate > 0 ? recorder.apply('spatialDropout', { rate, salt }, [x, randomState()]) : x
  }
}

export const spatialDropout2d = (options: DropoutOptions): SpatialDropout2D => new SpatialDropout2D(options)
