import { OptionError, ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import {
  type Arity,
  Layer,
  type LayerOptions,
  type LayerSpecs,
  type OneOrMore,
  type RecordContext,
} from '../../layer.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { integer } from '../../options/rules.js'

export interface ConcatenateOptions extends LayerOptions {
  /** The axis to join along, counted with the batch axis 0; -1 is the last. Default -1: channels. */
  readonly axis?: number
}

const specs = { axis: defaulting(integer('-1'), -1) } satisfies LayerSpecs<ConcatenateOptions>

/** Inputs one behind the other along an axis; all other lengths must agree. */
export class Concatenate extends Layer<Resolved<typeof specs>> {
  override readonly arity: Arity = 'several'

  constructor(options: ConcatenateOptions = {}) {
    super('Concatenate', specs, options)
  }

  outputShape(inputs: OneOrMore<Shape>): Shape {
    const [first] = inputs
    const axis = this.axisOf(first.length + 1) - 1
    const agree = (shape: Shape) =>
      shape.length === first.length && shape.every((length, i) => i === axis || length === first[i])
    if (inputs.every(agree))
      return first.with(
        axis,
        inputs.reduce((sum, shape) => sum + shape[axis]!, 0),
      )
    throw new ShapeError(
      `${this.who} joins along axis ${this.options.axis}, but ${inputs.map(formatShape).join(' and ')} differ elsewhere.`,
      'Bring the branches to one size: padding "same" and equal strides.',
    )
  }

  record({ recorder }: RecordContext, inputs: OneOrMore<Value>): Value {
    return recorder.apply('concatenate', { axis: this.axisOf(inputs[0].shape.length) }, inputs)
  }

  /** The axis counted from 0, batch axis included. */
  private axisOf(rank: number): number {
    const { axis } = this.options
    const counted = axis < 0 ? axis + rank : axis
    if (counted >= 1 && counted < rank) return counted
    throw new OptionError(
      `${this.who}: axis ${axis} does not exist in inputs of ${rank} axes, or is the batch axis 0.`,
      `Use 1 to ${rank - 1}, or -1 for the last.`,
    )
  }
}

export const concatenate = (options: ConcatenateOptions = {}): Concatenate => new Concatenate(options)
