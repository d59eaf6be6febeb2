import { type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import type { Resolved } from '../../options/rule.js'

const specs = {} satisfies LayerSpecs<LayerOptions>

/** All numbers of a sample in one row, in the order H, W, C: `[N, H, W, C]` → `[N, H·W·C]`. */
export class Flatten extends Layer<Resolved<typeof specs>> {
  constructor(options: LayerOptions = {}) {
    super('Flatten', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return [sizeOf(shape)]
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    const [N = 0, ...sample] = x.shape
    return recorder.apply('reshape', { shape: [N, sizeOf(sample)] }, [x])
  }
}

export const flatten = (options: LayerOptions = {}): Flatten => new Flatten(options)
