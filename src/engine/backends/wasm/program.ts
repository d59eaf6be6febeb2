import { FoveaError } from '../../../base/errors.js'
import { formatBytes } from '../../../base/format.js'
import { formatShape } from '../../../base/shape.js'
import type { GraphNode } from '../../graph/graph.js'
import { flopOf } from '../../ops/flop.js'
import type { Program, Values } from '../backend.js'
import type { Plan } from './plan.js'
import type { ThreadPool } from './threads/thread-pool.js'
import { giveTurn } from './turns.js'

type Run = (first: number, last: number, thread: number, threads: number, scratch: number) => void

/** What a program needs of its device. */
export interface WasmMemory {
  readonly memory: WebAssembly.Memory
  expectOpen(): void
}

const flopOfNode = ({ op, inputs, output }: GraphNode): number =>
  flopOf(
    op,
    inputs.map(input => input.shape),
    output.shape,
  )

export class WasmProgram implements Program {
  readonly bytes: number
  readonly flop: number
  /** On the caller's thread, where there are no others. */
  private readonly inline: Run | null

  constructor(
    private readonly plan: Plan,
    /** Held so that the memory stays this device's as long as the program can run. */
    private readonly device: WasmMemory,
    start: number,
    private readonly code: {
      pool: ThreadPool | null
      number: number | undefined
      module: WebAssembly.Module
    },
  ) {
    this.bytes = plan.end - start
    const nodes = new Set(plan.steps.map(({ node }) => node))
    this.flop = [...nodes].reduce((sum, node) => sum + flopOfNode(node), 0)
    const instance = code.pool
      ? null
      : new WebAssembly.Instance(code.module, { env: { memory: device.memory } })
    this.inline = instance ? (instance.exports.run as Run) : null
  }

  async run(inputs: Values): Promise<Values> {
    this.device.expectOpen()
    for (const [name, { address, floats }] of this.plan.inputs) {
      const values = inputs[name]
      if (values?.length !== floats)
        throw new FoveaError(
          `Program: input "${name}" takes ${floats} numbers, but ${values?.length ?? 'none'} came.`,
        )
      this.view(address, floats).set(values)
    }
    const { pool, number } = this.code
    if (pool) await pool.run(number!, { start: this.plan.scratch, bytes: this.plan.scratchBytes })
    else await this.runInline()
    const outputs: Record<string, Float32Array> = {}
    for (const [name, { address, floats }] of this.plan.outputs)
      outputs[name] = this.view(address, floats).slice()
    return outputs
  }

  print(): string {
    const lines = this.plan.steps.map(({ step, node }) => {
      const shapes = `${node.inputs.map(input => formatShape(input.shape)).join(', ')} → ${formatShape(node.output.shape)}`
      const size = `${step.pieces} pieces, ${(flopOfNode(node) / 1e6).toFixed(1)} MFLOP`
      return `${node.label.padEnd(20)} ${step.name.padEnd(26)} ${shapes}  ${size}`
    })
    return [...lines, `${formatBytes(this.bytes)}, ${(this.flop / 1e6).toFixed(1)} MFLOP`].join('\n')
  }

  private async runInline(): Promise<void> {
    for (let step = 0; step < this.plan.steps.length; step++) {
      this.inline!(step, step + 1, 0, 1, this.plan.scratch)
      await giveTurn()
    }
  }

  private view(address: number, floats: number): Float32Array {
    return new Float32Array(this.device.memory.buffer, address, floats)
  }
}
