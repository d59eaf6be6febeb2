import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape } from '../../base/shape.js'
import type { Layer } from '../layer.js'

/** Height, width and channels of one picture; a ShapeError when `shape` is none. */
export function pictureOf(layer: Layer, shape: Shape): readonly [H: number, W: number, C: number] {
  const [H, W, C] = shape
  if (shape.length === 3 && H !== undefined && W !== undefined && C !== undefined) return [H, W, C]
  throw new ShapeError(
    `${layer.who} needs pictures [height, width, channels], but an input of ${formatShape(shape)} came.`,
    'Put it before Flatten and Dense, or bring the input to three axes with Reshape.',
  )
}
