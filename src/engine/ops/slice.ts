import { ShapeError } from '../../base/errors.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import { copyBlock } from './block.js'
import { take } from './inputs.js'
import type { Op } from './op.js'

export const slice: Op<'slice'> = {
  shape({ begin, size }, inputs) {
    const [x] = take('slice', inputs, 'x')
    const fits = x.every((length, axis) => begin[axis]! >= 0 && begin[axis]! + size[axis]! <= length)
    if (!fits || begin.length !== x.length || size.length !== x.length)
      throw new ShapeError(
        `slice: ${formatShape(size)} from [${begin.join(', ')}] on does not lie within ${formatShape(x)}.`,
      )
    return size
  },
  meaning({ begin, size }, inputs, shapes, output) {
    const [x] = take('slice', inputs, 'x')
    const y = new Float64Array(sizeOf(output))
    copyBlock(
      x,
      shapes[0]!,
      begin,
      y,
      output,
      begin.map(() => 0),
      size,
    )
    return y
  },
  gradient(record, { attributes: { begin, size }, inputs }, dy) {
    const [x] = take('slice', inputs, 'x')
    const after = x.shape.map((length, axis) => length - begin[axis]! - size[axis]!)
    return [record.apply('pad', { before: begin, after }, [dy])]
  },
}
