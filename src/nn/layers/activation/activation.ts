import type { Shape } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { type ActivationOption, activationRule, recordActivation } from '../../activations.js'
import { Layer, type LayerOptions, type LayerSpecs, type OneOrMore, type RecordContext } from '../../layer.js'
import { type Resolved, required } from '../../options/rule.js'

export interface ActivationOptions extends LayerOptions {
  /** `relu`, or with a slope of its own `{ name: 'leakyRelu', alpha: 0.1 }`. */
  readonly activation: ActivationOption
}

const specs = { activation: required(activationRule) } satisfies LayerSpecs<ActivationOptions>

/** An activation as a layer of its own, for example behind BatchNormalization. */
export class Activation extends Layer<Resolved<typeof specs>> {
  constructor(options: ActivationOptions) {
    super('Activation', specs, options)
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    return shape
  }

  record({ recorder }: RecordContext, [x]: OneOrMore<Value>): Value {
    return recordActivation(recorder, this.options.activation, x)
  }
}

export const activation = (options: ActivationOptions): Activation => new Activation(options)
