import type { Shape } from '../../base/shape.js'
import type { Value } from '../../engine/ops/op.js'
import {
  type Arity,
  Layer,
  type LayerOptions,
  type LayerSpecs,
  type OneOrMore,
  type RecordContext,
} from '../layer.js'
import { type Resolved, required } from '../options/rule.js'
import { shape } from '../options/rules.js'

export interface InputLayerOptions extends LayerOptions {
  /** Shape of one sample, without the batch axis: `[32, 32, 3]`. */
  readonly shape: Shape
}

const specs = { shape: required(shape) } satisfies LayerSpecs<InputLayerOptions>

/** Where pictures enter a network: what comes out is what is fed in. */
export class InputLayer extends Layer<Resolved<typeof specs>> {
  override readonly arity: Arity = 'none'

  constructor(options: InputLayerOptions) {
    super('InputLayer', specs, options)
  }

  outputShape(): Shape {
    return this.options.shape
  }

  record(_context: RecordContext, [x]: OneOrMore<Value>): Value {
    return x
  }
}

export const inputLayer = (options: InputLayerOptions): InputLayer => new InputLayer(options)
