import { OptionError, ShapeError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import type { Tensor } from '../../base/tensor.js'
import type { Model } from '../../train/model.js'
import type { Background, PictureShape } from './move-picture.js'

/** The shape of one picture of `[N, H, W, C]`. */
export function pictureShape({ shape }: Tensor): PictureShape {
  const [rows, height, width, channels] = shape
  if (shape.length === 4 && rows && height && width && channels) return [height, width, channels]
  throw new ShapeError(
    `shiftMap: pictures of N×H×W×C were expected, but ${formatShape(shape)} came.`,
    'One picture is a tensor of 1×H×W×C.',
  )
}

/** Refuses labels that the network cannot answer with, and networks that do not tell classes apart. */
export function checkLabels({ network }: Model, rows: number, labels: ArrayLike<number>): void {
  const [classes, ...more] = network.outputShape
  if (classes === undefined || more.length > 0 || classes < 2)
    throw new ShapeError(
      `shiftMap: a network that tells classes apart was expected, but its output is ${formatShape(network.outputShape)}.`,
    )
  if (labels.length !== rows)
    throw new OptionError(`shiftMap: there are ${rows} pictures, but ${labels.length} labels.`)
  const wrong = Array.from(labels).find(label => !Number.isInteger(label) || label < 0 || label >= classes)
  if (wrong !== undefined)
    throw new OptionError(
      `shiftMap: label ${wrong} came, but the network knows the classes 0 … ${classes - 1}.`,
    )
}

/** Refuses what nothing can be filled with. */
export function checkBackground(background: Background): void {
  if (background === 'edge') return
  if (Number.isInteger(background) && background >= 0 && background <= 255) return
  throw new OptionError(
    `shiftMap: background must be "edge" or a byte of 0 … 255, but is ${JSON.stringify(background)}.`,
  )
}
