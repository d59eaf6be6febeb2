import { ShapeError } from '../../base/errors.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import { copyBlock } from './block.js'
import { take } from './inputs.js'
import type { Op } from './op.js'

export const pad: Op<'pad'> = {
  shape({ before, after }, inputs) {
    const [x] = take('pad', inputs, 'x')
    if (
      before.length !== x.length ||
      after.length !== x.length ||
      [...before, ...after].some(cells => !(cells >= 0))
    )
      throw new ShapeError(
        `pad: before [${before.join(', ')}] and after [${after.join(', ')}] must give a number from 0 for each axis of ${formatShape(x)}.`,
      )
    return x.map((length, axis) => before[axis]! + length + after[axis]!)
  },
  meaning({ before }, inputs, shapes, output) {
    const [x] = take('pad', inputs, 'x')
    const y = new Float64Array(sizeOf(output))
    copyBlock(
      x,
      shapes[0]!,
      before.map(() => 0),
      y,
      output,
      before,
      shapes[0]!,
    )
    return y
  },
  gradient(record, { attributes, inputs }, dy) {
    const [x] = take('pad', inputs, 'x')
    return [record.apply('slice', { begin: attributes.before, size: x.shape }, [dy])]
  },
}
