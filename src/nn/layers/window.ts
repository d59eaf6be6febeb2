import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape } from '../../base/shape.js'
import type { Window2D } from '../../engine/ops/attributes.js'
import { padFor, reach, windowOutput } from '../../engine/ops/window.js'
import type { Layer } from '../layer.js'
import type { LayerWindow } from '../layer-window.js'
import type { Pair } from '../options/rules.js'
import { pictureOf } from './picture.js'

/** The window with its padding for pictures of `shape` `[H, W, C]`. */
export function windowOver(shape: Shape, { kernel, strides, dilation, padding }: LayerWindow): Window2D {
  const [H = 0, W = 0] = shape
  return { kernel, strides, dilation, pad: padFor([H, W], { kernel, strides, dilation }, padding) }
}

/** Height and width of what the window leaves of pictures of `shape`; a ShapeError when it does not fit. */
export function sizeAfter(layer: Layer, shape: Shape, wanted: LayerWindow): readonly [number, number] {
  const [H, W] = pictureOf(layer, shape)
  if (wanted.padding === 'valid') checkFit(layer, [H, W], wanted)
  return windowOutput([H, W], windowOver(shape, wanted))
}

function checkFit(layer: Layer, size: Pair, { option, kernel, dilation }: LayerWindow): void {
  if (kernel.every((cells, axis) => reach(cells, dilation[axis]!) <= size[axis]!)) return
  const spread = dilation.some(step => step > 1) ? `, dilationRate ${formatShape(dilation)}` : ''
  const same = 'padding' in layer.options ? 'padding: "same", or ' : ''
  const most = size.map((cells, axis) => Math.floor((cells - 1) / dilation[axis]!) + 1)
  throw new ShapeError(
    `${layer.who}: ${option} ${formatShape(kernel)}${spread} with padding "valid" does not fit an input of ${formatShape(size)}.`,
    `Use ${same}a ${option === 'kernelSize' ? 'kernel' : 'window'} of at most ${formatShape(most)}.`,
  )
}
