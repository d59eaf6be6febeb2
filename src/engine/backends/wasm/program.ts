import { FoveaError } from '../../../base/errors.js'
import type { PlannedKernel, Program, Values } from '../backend.js'
import type { Plan } from './plan.js'
import type { RunOrder, ThreadPool } from './threads/thread-pool.js'
import { giveTurn } from './turns.js'

type Run = (
  first: number,
  last: number,
  thread: number,
  threads: number,
  scratch: number,
  ready: number,
) => void

/** What a program needs of its device. */
export interface WasmMemory {
  readonly memory: WebAssembly.Memory
  /** The program that ran last, if it left the variables as they are and nobody wrote to them since. */
  prepared: Program | null
  expectOpen(): void
}

export class WasmProgram implements Program {
  readonly bytes: number
  readonly flop: number
  readonly kernels: readonly PlannedKernel[]
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
    this.kernels = plan.kernels.map(({ kernel }) => kernel)
    this.flop = this.kernels.reduce((sum, { flop }) => sum + flop, 0)
    const instance = code.pool
      ? null
      : new WebAssembly.Instance(code.module, { env: { memory: device.memory } })
    this.inline = instance ? (instance.exports.run as Run) : null
  }

  async run(inputs: Values): Promise<Values> {
    const ready = this.device.prepared === this
    this.device.prepared = null
    this.feed(inputs)
    const { pool, number } = this.code
    if (pool) await pool.run(number!, { scratch: this.scratch, ready })
    else await this.runInline(ready)
    if (this.plan.keepsVariables) this.device.prepared = this
    const outputs: Record<string, Float32Array> = {}
    for (const [name, { address, floats }] of this.plan.outputs)
      outputs[name] = this.view(address, floats).slice()
    return outputs
  }

  async time(inputs: Values): Promise<readonly number[]> {
    this.device.prepared = null
    this.feed(inputs)
    const { pool, number } = this.code
    const ranges = this.plan.kernels.map(({ first, last }) => [first, last] as const)
    if (pool) return pool.run(number!, { scratch: this.scratch, ready: false, timed: ranges })
    return ranges.map(([first, last]) => {
      const start = performance.now()
      this.inline!(first, last, 0, 1, this.plan.scratch, 0)
      return performance.now() - start
    })
  }

  private get scratch(): RunOrder['scratch'] {
    return { start: this.plan.scratch, bytes: this.plan.scratchBytes }
  }

  private feed(inputs: Values): void {
    this.device.expectOpen()
    for (const [name, { address, floats }] of this.plan.inputs) {
      const values = inputs[name]
      if (values?.length !== floats)
        throw new FoveaError(
          `Program: input "${name}" takes ${floats} numbers, but ${values?.length ?? 'none'} came.`,
        )
      this.view(address, floats).set(values)
    }
  }

  private async runInline(ready: boolean): Promise<void> {
    for (let step = 0; step < this.plan.steps.length; step++) {
      this.inline!(step, step + 1, 0, 1, this.plan.scratch, Number(ready))
      await giveTurn()
    }
  }

  private view(address: number, floats: number): Float32Array {
    return new Float32Array(this.device.memory.buffer, address, floats)
  }
}
