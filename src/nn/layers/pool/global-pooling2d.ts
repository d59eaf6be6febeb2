import type { Shape } from '../../../base/shape.js'
import type { PoolKind } from '../../../engine/ops/attributes.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import type { Resolved } from '../../options/rule.js'
import { pictureOf } from '../picture.js'
import { windowOver } from '../window.js'

const specs = {} satisfies LayerSpecs<LayerOptions>

/** A pooling whose window is the whole picture: `[N, H, W, C]` → `[N, C]`. */
export abstract class GlobalPooling2D extends Layer<Resolved<typeof specs>> {
  protected constructor(
    className: string,
    private readonly kind: PoolKind,
    options: LayerOptions,
  ) {
    super(className, specs, options)
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
    const pooled = recorder.apply('pool2d', { ...whole, kind: this.kind }, [x])
    return recorder.apply('reshape', { shape: [N, C] }, [pooled])
  }
}
