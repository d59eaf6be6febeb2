import { type Shape, sameShape } from '../../base/shape.js'
import type { OpAttributes, OpName } from '../ops/attributes.js'
import type { Recorder, Value } from '../ops/op.js'
import { ops } from '../ops/table.js'

/** One op applied. `label` names the layer it belongs to, for error messages and for printing the plan. */
export interface GraphNode<N extends OpName = OpName> {
  readonly op: N
  readonly attributes: OpAttributes[N]
  readonly inputs: readonly Value[]
  readonly output: Value
  readonly label: string
}

/** A value that comes from outside: `input` anew with every run, `variable` kept by the device and shared by its programs. */
export interface Source {
  readonly kind: 'input' | 'variable'
  readonly name: string
  readonly value: Value
}

/** What the passes behind the recording read and make anew; the graph that was recorded stays as it is. */
export interface StaticGraph {
  readonly nodes: readonly GraphNode[]
  readonly sources: readonly Source[]
  readonly outputs: ReadonlyMap<string, Value>
  readonly updates: ReadonlyMap<string, Value>
}

/**
 * A static network of ops, in the order in which they can run. Recorded once per batch size, then differentiated,
 * fused, planned and compiled. `outputs` can be read after a run; `updates` say which variable takes which value.
 */
export class Graph implements Recorder, StaticGraph {
  readonly nodes: GraphNode[] = []
  readonly sources: Source[] = []
  readonly outputs = new Map<string, Value>()
  readonly updates = new Map<string, Value>()
  /** The label that newly recorded nodes carry. */
  label = ''
  private count = 0

  input(name: string, shape: Shape): Value {
    return this.source('input', name, shape)
  }

  variable(name: string, shape: Shape): Value {
    return this.source('variable', name, shape)
  }

  apply<N extends OpName>(op: N, attributes: OpAttributes[N], inputs: readonly Value[]): Value {
    const output = this.value(
      ops[op].shape(
        attributes,
        inputs.map(input => input.shape),
      ),
    )
    this.nodes.push({ op, attributes, inputs, output, label: this.label })
    return output
  }

  output(name: string, value: Value): void {
    this.outputs.set(name, value)
  }

  /** After the run the variable holds `value`. Its op must work in place on that variable. */
  update(variable: string, value: Value): void {
    this.updates.set(variable, value)
  }

  /** The node that computes each value, by the value's number. */
  producers(): Map<number, GraphNode> {
    return new Map(this.nodes.map(node => [node.output.id, node]))
  }

  private value(shape: Shape): Value {
    return { id: this.count++, shape }
  }

  private source(kind: Source['kind'], name: string, shape: Shape): Value {
    const known = this.sources.find(source => source.name === name)
    if (known) {
      if (known.kind !== kind || !sameShape(known.value.shape, shape))
        throw new Error(`graph: "${name}" is recorded twice, differently`)
      return known.value
    }
    const value = this.value(shape)
    this.sources.push({ kind, name, value })
    return value
  }
}
