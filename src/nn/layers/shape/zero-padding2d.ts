import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { defaulting, type Resolved } from '../../options/rule.js'
import { borders, type Pair } from '../../options/rules.js'
import { pictureOf } from '../picture.js'

export interface ZeroPadding2DOptions extends LayerOptions {
  /** Rows and columns of zeros: `1`, `[vertical, horizontal]` or `[[top, bottom], [left, right]]`. Default 1. */
  readonly padding?: number | Pair | readonly [Pair, Pair]
}

const specs = {
  padding: defaulting<readonly [Pair, Pair]>(borders, [
    [1, 1],
    [1, 1],
  ]),
} satisfies LayerSpecs<ZeroPadding2DOptions>

/** Zeros around a picture: `[N, H, W, C]` → `[N, top + H + bottom, left + W + right, C]`. */
export class ZeroPadding2D extends Layer<Resolved<typeof specs>> {
  constructor(options: ZeroPadding2DOptions = {}) {
    super('ZeroPadding2D', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    const [H, W, C] = pictureOf(this, shape)
    const [[top, bottom], [left, right]] = this.options.padding
    return [top + H + bottom, left + W + right, C]
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    const [[top, bottom], [left, right]] = this.options.padding
    return recorder.apply('pad', { before: [0, top, left, 0], after: [0, bottom, right, 0] }, [x])
  }
}

export const zeroPadding2d = (options: ZeroPadding2DOptions = {}): ZeroPadding2D => new ZeroPadding2D(options)
