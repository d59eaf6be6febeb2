import { FoveaError, ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../../base/shape.js'
import type { Graph, Source } from '../../graph/graph.js'
import { flopOf } from '../../ops/flop.js'
import type { Backend, Device, PlannedKernel, Program, Values, VariableSpec } from '../backend.js'
import { evaluate } from './evaluate.js'

/**
 * Runs the meaning of every op in float64: slow, plain, and what the kernels are measured against. Variables keep
 * their float64 numbers between runs. It computes on the caller's thread, so a run does hold up the event loop.
 */
export const reference: Backend = {
  name: 'reference',
  async open(variables) {
    return new ReferenceDevice(variables)
  },
}

class ReferenceDevice implements Device {
  readonly description = 'float64 reference, 1 thread'
  readonly threads = 1
  readonly withoutThreads = null
  private readonly variables: Map<string, Float64Array>

  constructor(variables: readonly VariableSpec[]) {
    this.variables = new Map(variables.map(({ name, shape }) => [name, new Float64Array(sizeOf(shape))]))
  }

  get bytes(): number {
    return [...this.variables.values()].reduce((sum, values) => sum + values.byteLength, 0)
  }

  async compile(graph: Graph): Promise<Program> {
    for (const { kind, name, value } of graph.sources)
      if (kind === 'variable') expectLength(`variable "${name}"`, value.shape, this.variable(name))
    return new ReferenceProgram(graph, this.variables)
  }

  read(variable: string): Float32Array {
    return Float32Array.from(this.variable(variable))
  }

  write(variable: string, values: Float32Array): void {
    const kept = this.variable(variable)
    expectLength(`variable "${variable}"`, [kept.length], values)
    kept.set(values)
  }

  close(): void {
    this.variables.clear()
  }

  private variable(name: string): Float64Array {
    const values = this.variables.get(name)
    if (!values)
      throw new FoveaError(
        `reference: this device has no variable "${name}".`,
        `It was opened with: ${[...this.variables.keys()].join(', ') || 'none'}.`,
      )
    return values
  }
}

class ReferenceProgram implements Program {
  readonly bytes: number
  readonly flop: number

  constructor(
    private readonly graph: Graph,
    private readonly variables: ReadonlyMap<string, Float64Array>,
  ) {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
    this.bytes = sum(graph.nodes.map(node => sizeOf(node.output.shape) * Float64Array.BYTES_PER_ELEMENT))
    this.flop = sum(graph.nodes.map(node => flopOf(node.op, shapesOf(node.inputs), node.output.shape)))
  }

  async run(inputs: Values): Promise<Values> {
    const values = evaluate(this.graph, source =>
      source.kind === 'variable' ? this.variables.get(source.name)! : fromOutside(source, inputs),
    )
    const outputs = [...this.graph.outputs].map(
      ([name, { id }]) => [name, Float32Array.from(values.get(id)!)] as const,
    )
    for (const [name, { id }] of this.graph.updates) this.variables.get(name)!.set(values.get(id)!)
    return Object.fromEntries(outputs)
  }

  get kernels(): readonly PlannedKernel[] {
    return this.graph.nodes.map(({ op, inputs, output, label }) => ({
      label,
      op,
      algorithm: 'float64',
      inputs: shapesOf(inputs),
      output: output.shape,
      pieces: 1,
      bytes:
        Float64Array.BYTES_PER_ELEMENT *
        [...shapesOf(inputs), output.shape].reduce((sum, shape) => sum + sizeOf(shape), 0),
      flop: flopOf(op, shapesOf(inputs), output.shape),
    }))
  }
}

const shapesOf = (values: readonly { readonly shape: Shape }[]): Shape[] => values.map(value => value.shape)

function fromOutside({ name, value }: Source, inputs: Values): Float64Array {
  const numbers = inputs[name]
  if (!numbers) throw new FoveaError(`reference: the run needs the input "${name}", which did not come.`)
  expectLength(`input "${name}"`, value.shape, numbers)
  return Float64Array.from(numbers)
}

function expectLength(who: string, shape: Shape, numbers: ArrayLike<number>): void {
  if (numbers.length !== sizeOf(shape))
    throw new ShapeError(
      `reference: ${who} holds ${sizeOf(shape)} numbers (${formatShape(shape)}), but ${numbers.length} came.`,
    )
}
