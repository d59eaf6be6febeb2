import { ShapeError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import type { Pad2D, Window2D } from './attributes.js'

export type Padding = 'same' | 'valid'

/** Cells a kernel of `size` cells covers when its cells lie `dilation` apart. */
export const reach = (size: number, dilation: number): number => dilation * (size - 1) + 1

/** Padding of one axis, before and after, by Keras' rule: `same` gives ⌈input / stride⌉ cells, the odd cell goes after. */
function padAxis(input: number, kernel: number, stride: number, dilation: number, padding: Padding) {
  if (padding === 'valid') return [0, 0] as const
  const output = Math.ceil(input / stride)
  const total = Math.max(0, (output - 1) * stride + reach(kernel, dilation) - input)
  const before = Math.floor(total / 2)
  return [before, total - before] as const
}

/** Explicit padding for a window over a picture of `height` × `width`. */
export function padFor(
  [height, width]: readonly [number, number],
  window: Omit<Window2D, 'pad'>,
  padding: Padding,
): Pad2D {
  const { kernel, strides, dilation } = window
  const [top, bottom] = padAxis(height, kernel[0], strides[0], dilation[0], padding)
  const [left, right] = padAxis(width, kernel[1], strides[1], dilation[1], padding)
  return { top, bottom, left, right }
}

/** Height and width after the window went over a picture. Throws when the window is larger than the padded picture. */
export function windowOutput(
  [height, width]: readonly [number, number],
  { kernel, strides, dilation, pad }: Window2D,
): [number, number] {
  const rows = height + pad.top + pad.bottom - reach(kernel[0], dilation[0])
  const columns = width + pad.left + pad.right - reach(kernel[1], dilation[1])
  if (rows < 0 || columns < 0)
    throw new ShapeError(
      `a window of ${formatShape(kernel)} does not fit an input of ${formatShape([height, width])}`,
    )
  return [Math.floor(rows / strides[0]) + 1, Math.floor(columns / strides[1]) + 1]
}
