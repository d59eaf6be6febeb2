import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import type { Resolved } from '../../options/rule.js'

const specs = {} satisfies LayerSpecs<LayerOptions>

/** Turns the last axis into shares that add up to one. */
export class Softmax extends Layer<Resolved<typeof specs>> {
  constructor(options: LayerOptions = {}) {
    super('Softmax', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    return recorder.apply('softmax', {}, [x])
  }
}

export const softmax = (options: LayerOptions = {}): Softmax => new Softmax(options)
