import { ShapeError } from '../../base/errors.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import { take } from './inputs.js'
import type { Op } from './op.js'

export const reshape: Op<'reshape'> = {
  shape({ shape }, inputs) {
    const [x] = take('reshape', inputs, 'x')
    if (sizeOf(x) !== sizeOf(shape))
      throw new ShapeError(
        `reshape: ${formatShape(shape)} holds ${sizeOf(shape)} numbers, but ${formatShape(x)} has ${sizeOf(x)}.`,
      )
    return shape
  },
  meaning(_, inputs) {
    const [x] = take('reshape', inputs, 'x')
    return x.slice()
  },
  gradient(record, { inputs }, dy) {
    const [x] = take('reshape', inputs, 'x')
    return [record.apply('reshape', { shape: x.shape }, [dy])]
  },
}
