import { ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape, sameShape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import {
  type Arity,
  Layer,
  type LayerOptions,
  type LayerSpecs,
  type OneOrMore,
  type RecordContext,
} from '../../layer.js'
import type { Resolved } from '../../options/rule.js'

const specs = {} satisfies LayerSpecs<LayerOptions>

/** The sum of inputs of one shape: what closes a residual branch. */
export class Add extends Layer<Resolved<typeof specs>> {
  override readonly arity: Arity = 'several'

  constructor(options: LayerOptions = {}) {
    super('Add', specs, options)
  }

  outputShape(inputs: OneOrMore<Shape>): Shape {
    if (inputs.every(shape => sameShape(shape, inputs[0]))) return inputs[0]
    throw new ShapeError(
      `${this.who} needs inputs of one shape, but ${inputs.map(formatShape).join(' and ')} came.`,
      'Bring the branches to one size: padding "same", equal strides and equal filters; or use Concatenate.',
    )
  }

  record({ recorder }: RecordContext, inputs: OneOrMore<Value>): Value {
    return inputs.reduce((sum, input) => recorder.apply('add', {}, [sum, input]))
  }
}

export const add = (options: LayerOptions = {}): Add => new Add(options)
