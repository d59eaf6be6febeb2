import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import type { Resolved } from '../../options/rule.js'
import { pictureOf } from '../picture.js'
import { windowOver } from '../window.js'

const specs = {} satisfies LayerSpecs<LayerOptions>

/** The mean of each channel over the whole picture: `[N, H, W, C]` → `[N, C]`. */
export class GlobalAveragePooling2D extends Layer<Resolved<typeof specs>> {
  constructor(options: LayerOptions = {}) {
    super('GlobalAveragePooling2D', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return pictureOf(this, shape).slice(2)
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    const [N = 0, H = 0, W = 0, C = 0] = x.shape
    const whole = windowOver([H, W, C], {
      option: 'poolSize',
      kernel: [H, W],
      strides: [1, 1],
      dilation: [1, 1],
      padding: 'valid',
    })
    const mean = recorder.apply('pool2d', { ...whole, kind: 'average' }, [x])
    return recorder.apply('reshape', { shape: [N, C] }, [mean])
  }
}

export const globalAveragePooling2d = (options: LayerOptions = {}): GlobalAveragePooling2D =>
  new GlobalAveragePooling2D(options)
