import type { Shape } from '../../../base/shape.js'
import type { PoolKind } from '../../../engine/ops/attributes.js'
import type { Value } from '../../../engine/ops/op.js'
import type { Padding } from '../../../engine/ops/window.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { type Pair, padding, pair } from '../../options/rules.js'
import { pictureOf } from '../picture.js'
import { sizeAfter, windowOver } from '../window.js'

export interface Pooling2DOptions extends LayerOptions {
  /** Height and width of the window; one number for both. Default 2. */
  readonly poolSize?: number | Pair
  /** How far the window moves. Default: as far as it is large. */
  readonly strides?: number | Pair
  /** `valid`: only whole windows. `same`: windows may reach over the edge. Default valid. */
  readonly padding?: Padding
}

const specs = {
  poolSize: defaulting<Pair>(pair, [2, 2]),
  strides: defaulting<Pair>(pair, [2, 2]),
  padding: defaulting<Padding>(padding, 'valid'),
} satisfies LayerSpecs<Pooling2DOptions>

/** What the pooling layers share: one number for each window and channel, `[N, H, W, C]` → `[N, H', W', C]`. */
export abstract class Pooling2D extends Layer<Resolved<typeof specs>> {
  protected constructor(
    className: string,
    private readonly kind: PoolKind,
    options: Pooling2DOptions,
  ) {
    super(className, specs, { ...options, strides: options.strides ?? options.poolSize ?? 2 })
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    const [, , C] = pictureOf(this, shape)
    return [...sizeAfter(this, shape, this.window), C]
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    return recorder.apply('pool2d', { ...windowOver(x.shape.slice(1), this.window), kind: this.kind }, [x])
  }

  override get window(): LayerWindow {
    const { poolSize, strides, padding } = this.options
    return { option: 'poolSize', kernel: poolSize, strides, dilation: [1, 1], padding }
  }
}
