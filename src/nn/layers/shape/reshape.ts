import { ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { openShape } from '../../options/rules.js'

export interface ReshapeOptions extends LayerOptions {
  /** The new shape of a sample, without the batch axis; one length may be -1: whatever is left. */
  readonly targetShape: Shape
}

const specs = { targetShape: required(openShape) } satisfies LayerSpecs<ReshapeOptions>

/** The same numbers in the same order, in another shape. */
export class Reshape extends Layer<Resolved<typeof specs>> {
  constructor(options: ReshapeOptions) {
    super('Reshape', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    const { targetShape } = this.options
    const known = sizeOf(targetShape.filter(length => length > 0))
    const left = sizeOf(shape) / known
    const target = targetShape.map(length => (length > 0 ? length : left))
    if (sizeOf(target) === sizeOf(shape) && Number.isInteger(left)) return target
    throw new ShapeError(
      `${this.who}: an input of ${formatShape(shape)} holds ${sizeOf(shape)} numbers, which do not fill ${formatShape(targetShape)}.`,
      `Choose a targetShape of ${sizeOf(shape)} numbers, or let one length be -1.`,
    )
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    const [N = 0, ...sample] = x.shape
    return recorder.apply('reshape', { shape: [N, ...this.outputShape([sample])] }, [x])
  }
}

export const reshape = (options: ReshapeOptions): Reshape => new Reshape(options)
