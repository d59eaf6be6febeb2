import { noticeOnce } from '../../../base/notices.js'
import { currentPlatform } from '../../../base/platform.js'
import { sizeOf } from '../../../base/shape.js'
import { fuse } from '../../graph/fuse.js'
import type { Graph } from '../../graph/graph.js'
import { prune } from '../../graph/prune.js'
import type { Device, DeviceOptions, Program, VariableSpec } from '../backend.js'
import { assemble } from './assemble.js'
import { compileModule } from './compile-module.js'
import { fusesProducts } from './features.js'
import { layOutVariables, PAGE, type VariableLayout } from './layout.js'
import { giveBack, growMemory, takeMemory } from './memories.js'
import { type Plan, planGraph } from './plan.js'
import { WasmProgram } from './program.js'
import { type ThreadPool, threadPool } from './threads/thread-pool.js'

/** What a device on threads holds beside itself. */
interface Holding {
  readonly pool: ThreadPool
  readonly memory: WebAssembly.Memory
  /** The threads' numbers of its programs. */
  readonly programs: number[]
}

function release({ pool, memory, programs }: Holding): void {
  pool.drop(programs)
  // Threads that were ended in the middle of a run may still be writing.
  if (pool.alive) giveBack(memory)
}

/** Releases what belongs to a device that nobody can reach any more. */
const forgotten = new FinalizationRegistry<Holding>(release)

/** One memory that holds variables, then an arena which the programs take turns in. */
export class WasmDevice implements Device {
  readonly threads: number
  readonly memory: WebAssembly.Memory
  /** Whether products are added without being rounded first. */
  private readonly fused: boolean
  private readonly layout: VariableLayout
  private readonly sizes: ReadonlyMap<string, number>
  private readonly holding: Holding | null
  prepared: Program | null = null
  private closed = false

  static async open(variables: readonly VariableSpec[], options: DeviceOptions): Promise<WasmDevice> {
    const wanted = options.threads ?? currentPlatform().cores
    const { pool, reason } = await threadPool(wanted)
    if (reason !== null && wanted > 1)
      noticeOnce('threads', `No threads: ${reason}. One core computes, more slowly, the same numbers.`)
    return new WasmDevice(variables, options, pool)
  }

  private constructor(
    variables: readonly VariableSpec[],
    { deterministic = false }: DeviceOptions,
    private readonly pool: ThreadPool | null,
  ) {
    this.fused = !deterministic && fusesProducts()
    if (!deterministic && !this.fused)
      noticeOnce(
        'fusedProducts',
        'No fused multiply-add (relaxed SIMD) here: it works, somewhat more slowly.',
      )
    this.threads = this.pool?.size ?? 1
    this.layout = layOutVariables(variables)
    this.sizes = new Map(variables.map(({ name, shape }) => [name, sizeOf(shape)]))
    this.memory = takeMemory(this.layout.end, this.pool !== null)
    this.holding = this.pool && { pool: this.pool, memory: this.memory, programs: [] }
    if (this.holding) forgotten.register(this, this.holding, this)
  }

  get description(): string {
    const kind = this.fused ? 'WebAssembly SIMD with fused multiply-add' : 'WebAssembly SIMD'
    if (!this.pool) return `${kind}, without threads`
    return `${kind}, ${this.threads} thread${this.threads === 1 ? '' : 's'}`
  }

  get bytes(): number {
    return this.memory.buffer.byteLength
  }

  get lost(): boolean {
    return this.pool !== null && !this.pool.alive
  }

  bytesFor(graph: Graph): number {
    return this.plan(graph).end
  }

  async compile(graph: Graph): Promise<Program> {
    const plan = this.plan(graph)
    growMemory(this.memory, plan.end)
    const pages = Math.ceil(this.layout.end / PAGE)
    const module = await compileModule(
      assemble(plan, { shared: this.pool !== null, pages, fused: this.fused }),
    )
    const number = this.pool?.load(module, this.memory)
    if (number !== undefined) this.holding?.programs.push(number)
    return new WasmProgram(plan, this, this.layout.end, { pool: this.pool, number, module })
  }

  read(variable: string): Float32Array {
    return this.view(variable).slice()
  }

  write(variable: string, values: Float32Array): void {
    this.prepared = null
    this.view(variable).set(values)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    forgotten.unregister(this)
    if (this.holding) release(this.holding)
  }

  /** Throws when the device's memory may already belong to another. */
  expectOpen(): void {
    if (this.closed) throw new Error('device: it is closed')
  }

  private view(variable: string): Float32Array {
    this.expectOpen()
    const address = this.layout.addresses.get(variable)
    if (address === undefined) throw new Error(`device: there is no variable "${variable}"`)
    return new Float32Array(this.memory.buffer, address, this.sizes.get(variable)!)
  }

  private plan(graph: Graph): Plan {
    return planGraph(fuse(prune(graph)), this.layout, this.threads)
  }
}
