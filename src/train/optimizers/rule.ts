import type { Shape } from '../../base/shape.js'
import type { OpAttributes, OpName } from '../../engine/ops/attributes.js'
import type { Value } from '../../engine/ops/op.js'
import type { UpdateRecorder, WeightGradient } from './updates.js'

/**
 * What makes one optimizer differ from another: how a weight goes along its gradient. Everything they have in common
 * (decay, clipping, groups) is around it, in `RuleOptimizer`.
 */
export interface UpdateRule {
  /** `sgd`, `adam`. */
  readonly name: string
  /** Its own options with their values, as plain JSON. */
  readonly options: Readonly<Record<string, unknown>>
  /** What it remembers beside each weight, in the weight's shape: `velocity`. */
  readonly slots: readonly string[]
  /** Records how the weight moves. */
  record(update: WeightUpdate): void
  /**
   * The coefficients of a step.
   *
   * @param rate the learning rate
   * @param step steps before it
   */
  coefficients(rate: number, step: number): Readonly<Record<string, readonly number[]>>
}

export const slotName = (rule: string, slot: string, weight: string): string => `${rule}/${slot}/${weight}`

/** The update of one weight while it is recorded: what a rule reads, and where it writes. */
export class WeightUpdate {
  readonly value: Value
  readonly gradient: Value
  private readonly weight: string

  /** @param coefficients what the names of its coefficients begin with */
  constructor(
    private readonly graph: UpdateRecorder,
    private readonly rule: string,
    { name, value, gradient }: WeightGradient,
    private readonly coefficients: string,
  ) {
    this.weight = name
    this.value = value
    this.gradient = gradient
  }

  get shape(): Shape {
    return this.value.shape
  }

  apply<N extends OpName>(op: N, attributes: OpAttributes[N], inputs: readonly Value[]): Value {
    return this.graph.apply(op, attributes, inputs)
  }

  /** c0 · x + c1 · y, or c1 · y² with `square`, where c0 and c1 are the coefficients named `by`. */
  combine(x: Value, y: Value, by: string, square = false): Value {
    return this.apply('combine', { square }, [x, y, this.by(by)])
  }

  /** The rule's coefficients of this name. */
  by(name: string, length = 2): Value {
    return this.graph.input(this.coefficients + name, [length])
  }

  /** What is remembered, as it is before the step. */
  slot(slot: string): Value {
    return this.graph.variable(slotName(this.rule, slot, this.weight), this.shape)
  }

  /** From now on `value` is remembered. Returns it. */
  remember(slot: string, value: Value): Value {
    this.graph.update(slotName(this.rule, slot, this.weight), value)
    return value
  }

  /** The weight becomes `value`. */
  moveTo(value: Value): void {
    this.graph.update(this.weight, value)
  }
}
