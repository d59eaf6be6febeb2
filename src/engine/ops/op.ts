import type { Shape } from '../../base/shape.js'
import type { OpAttributes, OpName } from './attributes.js'

/** A value of the graph that is being recorded: known by its number and shape, not yet computed. */
export interface Value {
  readonly id: number
  readonly shape: Shape
}

/** Where gradients are written down: as further ops of the same graph. */
export interface Recorder {
  apply<N extends OpName>(op: N, attributes: OpAttributes[N], inputs: readonly Value[]): Value
}

/** One application of an op, as a gradient sees it. */
export interface Recorded<N extends OpName> {
  readonly attributes: OpAttributes[N]
  readonly inputs: readonly Value[]
  readonly output: Value
}

/** One gradient for each input; null where none flows (labels, random state, statistics). */
export type Gradients = readonly (Value | null)[]

/** WHAT an op is. How fast it is computed is a backend's matter. */
export interface Op<N extends OpName> {
  /** The output's shape; throws a ShapeError when the inputs do not fit. */
  shape(attributes: OpAttributes[N], inputs: readonly Shape[]): Shape
  /** The plain meaning in float64: `inputs[i]` has shape `shapes[i]`, row-major; returns the output, row-major. */
  meaning(
    attributes: OpAttributes[N],
    inputs: readonly Float64Array[],
    shapes: readonly Shape[],
    output: Shape,
  ): Float64Array
  /** Records the gradient with respect to every input; null: this op is never differentiated. */
  readonly gradient: ((record: Recorder, node: Recorded<N>, dy: Value) => Gradients) | null
  /** The input whose memory the output may overwrite, element by element. */
  readonly inPlace?: number
}
