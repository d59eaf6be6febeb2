import type { Shape } from '../base/shape.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import type { InitializerConfig } from './initializers.js'

/** One array of numbers that a layer owns. */
export interface WeightSpec {
  /** `kernel`, `bias`, `gamma`, … The full name is `layerName/name`. */
  readonly name: string
  readonly shape: Shape
  readonly initializer: InitializerConfig
  /** False for numbers that training changes by other means than gradients (moving statistics). */
  readonly trainable: boolean
  /** Factor of the penalty factor · Σ w² that is added to the loss. Default: none. */
  readonly l2?: number
}

/** What a layer records itself into. */
export interface RecordContext {
  readonly recorder: Recorder
  readonly training: boolean
  /** Random state [2] = (seed, step), for dropout. Only asked for while training. */
  randomState(): Value
  /** A number that differs from layer to layer. */
  readonly salt: number
  /** Notes that after the step the weight `name` of this layer holds `value`. */
  update(name: string, value: Value): void
}

/** Options every layer takes. */
export interface LayerOptions {
  /** Default: the class's name in snake case, with a number from the second on (`conv2d`, `conv2d_1`). */
  readonly name?: string
  /** Whether training changes the weights. Default true. */
  readonly trainable?: boolean
  /** Shape of one picture, without the batch axis; on the first layer of a Sequential. */
  readonly inputShape?: Shape
}

/**
 * A layer is a description: options in, weight specs, shapes and recorded ops out. It owns no numbers (the model
 * does) and never changes, so one layer can stand in two models. Shapes are without the batch axis, except in `record`.
 */
export abstract class Layer<O extends LayerOptions = LayerOptions> {
  /** Keras' class name: `Conv2D`. */
  abstract readonly className: string
  /** Every option with its default filled in: what is saved and what rebuilds the layer. */
  readonly options: Readonly<O>

  constructor(options: O) {
    this.options = options
  }

  /** The weights this layer has for these inputs. */
  abstract weights(inputs: readonly Shape[]): readonly WeightSpec[]
  /** The output's shape; throws a ShapeError when the inputs do not fit. */
  abstract outputShape(inputs: readonly Shape[]): Shape
  /** Records the layer's ops; `weights` in the order of `weights()`. All shapes with the batch axis. */
  abstract record(context: RecordContext, inputs: readonly Value[], weights: readonly Value[]): Value
  /** Multiply-adds of one picture, for `summary({ wide: true })`. */
  multiplyAdds(_inputs: readonly Shape[]): number {
    return 0
  }
}
