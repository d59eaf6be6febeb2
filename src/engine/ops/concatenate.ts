import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../base/shape.js'
import { copyBlock } from './block.js'
import { expectShape } from './inputs.js'
import type { Op } from './op.js'

/** Any number of inputs, at least one. */
export const concatenate: Op<'concatenate'> = {
  shape({ axis }, inputs) {
    const [first] = inputs
    if (!first) throw new ShapeError('concatenate: at least one input is needed, but none came.')
    if (!(axis in first))
      throw new ShapeError(`concatenate: axis ${axis} is not an axis of ${formatShape(first)}.`)
    inputs.forEach((shape, i) => {
      expectShape('concatenate', `input ${i}`, shape, first.with(axis, shape[axis] ?? 0))
    })
    return first.with(
      axis,
      inputs.reduce((sum, shape) => sum + shape[axis]!, 0),
    )
  },
  meaning({ axis }, inputs, shapes, output) {
    const y = new Float64Array(sizeOf(output))
    const begins = beginsAlong(axis, shapes)
    inputs.forEach((x, i) => {
      const shape = shapes[i]!
      copyBlock(
        x,
        shape,
        shape.map(() => 0),
        y,
        output,
        begins[i]!,
        shape,
      )
    })
    return y
  },
  gradient(record, { attributes, inputs }, dy) {
    const begins = beginsAlong(
      attributes.axis,
      inputs.map(input => input.shape),
    )
    return inputs.map((input, i) => record.apply('slice', { begin: begins[i]!, size: input.shape }, [dy]))
  },
}

/** Where each input begins in the output. */
function beginsAlong(axis: number, shapes: readonly Shape[]): number[][] {
  let at = 0
  return shapes.map(shape => {
    const begin = shape.map((_, i) => (i === axis ? at : 0))
    at += shape[axis]!
    return begin
  })
}
