import { OptionError, ShapeError } from '../base/errors.js'
import { isRecord } from '../base/record.js'
import { formatShape, type Shape, sameShape } from '../base/shape.js'
import type { Tensor } from '../base/tensor.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import type { InitializerConfig } from './initializers.js'
import type { LayerWindow } from './layer-window.js'
import { snakeCase } from './naming.js'
import { resolveOptions } from './options/resolve.js'
import { absent, defaulting, type OptionSpec, type OptionSpecs } from './options/rule.js'
import { boolean, layerName, shape } from './options/rules.js'
import type { Regularizer } from './regularizers.js'

/** One array of numbers that a layer owns, and its penalties in the loss (default: none). */
export interface WeightSpec extends Regularizer {
  /** `kernel`, `bias`, `gamma`, … The full name is `layerName/name`. */
  readonly name: string
  readonly shape: Shape
  readonly initializer: InitializerConfig
  /** False for numbers that training changes by other means than gradients (moving statistics). */
  readonly trainable: boolean
  /** True for numbers that the layer's `adapt` computes from data. They are zeros until then, and zeros only then. */
  readonly adapted?: boolean
}

/** Numbers that a layer computed from data, by the weight's own name (`kernel`), row-major. */
export type AdaptedWeights = Readonly<Record<string, Float32Array>>

/** What a layer records itself into. */
export interface RecordContext {
  readonly recorder: Recorder
  readonly training: boolean
  /** Random state [2] = (seed, step), for dropout. Only asked for while training. */
  randomState(): Value
  /** Numbers `[values.length]` that never change; `name` is this layer's own word for them. */
  constant(name: string, values: readonly number[]): Value
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

/** The rules of a layer's own options, beside those that every layer takes. */
export type LayerSpecs<O> = OptionSpecs<Omit<O, keyof LayerOptions>>

/** A list with something in it. */
export type OneOrMore<T> = readonly [T, ...T[]]

/** How many inputs a layer takes: `none` begins a network, `several` means two or more. */
export type Arity = 'none' | 'one' | 'several'

/** The output of a layer in a network that is being built: no numbers yet, only where it comes from. */
export interface SymbolicTensor {
  readonly layer: Layer
  readonly inputs: readonly SymbolicTensor[]
  /** Without the batch axis. */
  readonly shape: Shape
}

const commonSpecs = {
  name: absent(layerName),
  trainable: defaulting(boolean, true),
  inputShape: absent(shape),
} satisfies OptionSpecs<LayerOptions>

/**
 * A layer is a description: options in, weight specs, shapes and recorded ops out. It owns no numbers (the model
 * does) and never changes, so one layer can stand in two models. Shapes are without the batch axis, except in `record`.
 */
export abstract class Layer<O extends object = object> {
  readonly arity: Arity = 'one'
  /** Every option with its default filled in: what is saved and what rebuilds the layer. */
  readonly options: Readonly<O> & LayerOptions

  /**
   * @param className Keras' class name: `Conv2D`.
   * @param specs The rules of this layer's own options.
   * @param given What the user wrote; checked here, in one place for all layers.
   */
  protected constructor(
    readonly className: string,
    specs: Readonly<Record<string, OptionSpec<unknown>>>,
    given: unknown,
  ) {
    const who = nameFor(className, isRecord(given) ? given.name : undefined)
    // `O` is by construction what the specs resolve to.
    this.options = resolveOptions(who, { ...specs, ...commonSpecs }, given) as Readonly<O> & LayerOptions
  }

  /** For messages: `Conv2D "stem"`, or the class alone while the layer has no name. */
  get who(): string {
    return nameFor(this.className, this.options.name)
  }

  /** The weights this layer has for these inputs. */
  weights(_inputs: OneOrMore<Shape>): readonly WeightSpec[] {
    return []
  }
  /** The output's shape; throws a ShapeError when the inputs do not fit. */
  abstract outputShape(inputs: OneOrMore<Shape>): Shape
  /** Records the layer's ops; `weights` in the order of `weights()`. All shapes with the batch axis. */
  abstract record(context: RecordContext, inputs: OneOrMore<Value>, weights: readonly Value[]): Value
  /**
   * Computes weights from data before training, where a layer has such: what it will be given, `[N, …input]`, in; numbers
   * by the weight's own name out. Its `adapted` weights must be among them, and none of those may be all zeros.
   */
  adapt?(inputs: Tensor<Float32Array>): AdaptedWeights
  /** Over how many numbers of a row the layer takes, while training, statistics of a whole batch; null: it takes none. */
  batchStatistics(_inputs: OneOrMore<Shape>): number | null {
    return null
  }
  /** The window that the layer moves over pictures; null for layers that have none. */
  get window(): LayerWindow | null {
    return null
  }
  /** Multiply-adds of one picture in products (convolutions, matrices), for `summary({ wide: true })`. */
  multiplyAdds(_inputs: OneOrMore<Shape>): number {
    return 0
  }

  /** Puts the layer behind others: `layer.apply(x)`, or `layer.apply([x, y])` for one that joins. */
  apply(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor {
    const list: readonly SymbolicTensor[] = 'layer' in inputs ? [inputs] : inputs
    this.checkArity(list.length)
    try {
      return { layer: this, inputs: list, shape: this.shapeAfter(list) }
    } catch (error) {
      // Only here both the layer's complaint and the layers before it are known.
      if (!(error instanceof ShapeError) || list.length === 0) throw error
      throw new ShapeError(error.message, `The sizes so far: ${sizesUpTo(list[0]!)}.`, { cause: error })
    }
  }

  private checkArity(count: number): void {
    const fits = { none: count === 0, one: count === 1, several: count >= 2 }[this.arity]
    if (fits) return
    const wanted = { none: 'no input', one: 'one input', several: 'at least two inputs' }[this.arity]
    const advice =
      this.arity === 'several'
        ? 'Give them as a list: layer.apply([x, y]).'
        : 'Join several with Add or Concatenate.'
    throw new OptionError(`${this.who} takes ${wanted}, but ${count} came.`, advice)
  }

  private shapeAfter(inputs: readonly SymbolicTensor[]): Shape {
    const shapes: readonly Shape[] = inputs.map(input => input.shape)
    const { inputShape } = this.options
    if (inputShape && shapes[0] && !sameShape(inputShape, shapes[0]))
      throw new ShapeError(
        `${this.who}: inputShape says ${formatShape(inputShape)}, but an input of ${formatShape(shapes[0])} came.`,
        'Only the first layer needs inputShape: leave it out here.',
      )
    // An input layer (arity none) does not look at its inputs; for all others there is one at least.
    return this.outputShape(shapes as OneOrMore<Shape>)
  }
}

const nameFor = (className: string, name: unknown): string =>
  typeof name === 'string' ? `${className} "${name}"` : className

/** `32×32×3 → conv2d 28×28×16 → flatten 12544`, from the first input on. */
function sizesUpTo({ layer, inputs, shape }: SymbolicTensor): string {
  if (inputs.length === 0) return formatShape(shape)
  return `${sizesUpTo(inputs[0]!)} → ${layer.options.name ?? snakeCase(layer.className)} ${formatShape(shape)}`
}
