import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'
import { rate } from '../../options/rules.js'

export interface DropoutOptions extends LayerOptions {
  /** Share of numbers set to zero while training, at least 0 and below 1. */
  readonly rate: number
}

const specs = { rate: required(rate) } satisfies LayerSpecs<DropoutOptions>

/** While training, sets a random share to zero and multiplies the rest by 1 / (1 - rate); else does nothing. */
export class Dropout extends Layer<Resolved<typeof specs>> {
  constructor(options: DropoutOptions) {
    super('Dropout', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record({ recorder, training, salt, randomState }: RecordContext, [x]: OneOrMore<Value>): Value {
    const { rate } = this.options
    return training && rate > 0 ? recorder.apply('dropout', { rate, salt }, [x, randomState()]) : x
  }
}

export const dropout = (options: DropoutOptions): Dropout => new Dropout(options)
