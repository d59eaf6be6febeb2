import type { Shape } from '../../base/shape.js'
import type { Graph } from '../graph/graph.js'
import type { OpName } from '../ops/attributes.js'

/** Numbers that outlive a run: weights, optimizer state, moving statistics. */
export interface VariableSpec {
  readonly name: string
  readonly shape: Shape
}

export interface DeviceOptions {
  /** Threads that compute. Default: one for each core. The numbers do not depend on it. */
  readonly threads?: number
  /** Kernels multiply, then add: the same bits on every machine and in every runtime, a little slower. Default false. */
  readonly deterministic?: boolean
}

export type Values = Readonly<Record<string, Float32Array>>

/** WHERE graphs run. */
export interface Backend {
  readonly name: string
  /** Reserves memory for `variables`, all zero. */
  open(variables: readonly VariableSpec[], options?: DeviceOptions): Promise<Device>
}

/** The memory and the threads of one model. Needs no disposal: what it holds goes when it is collected. */
export interface Device {
  /** For people: `WebAssembly SIMD, 2 threads`. */
  readonly description: string
  readonly threads: number
  /** Why it computes on the caller's thread although more were wanted; null where it does not. */
  readonly withoutThreads: string | null
  /** Bytes of memory in use, all programs included. */
  readonly bytes: number
  compile(graph: Graph): Promise<Program>
  /** A copy of a variable's numbers, as they are between runs. */
  read(variable: string): Float32Array
  write(variable: string, values: Float32Array): void
  /** Frees the memory at once instead of when the garbage collector finds it. */
  close(): void
}

/** A compiled graph. Runs of one device follow each other; `run` may not be called while one is under way. */
export interface Program {
  /** Bytes this program needs beside the variables. */
  readonly bytes: number
  /** Multiplications and additions of one run. */
  readonly flop: number
  /** Computes one run without blocking the caller's event loop; the outputs are copies. */
  run(inputs: Values): Promise<Values>
  /** What is computed, in order. */
  readonly kernels: readonly PlannedKernel[]
  /** Runs it and measures each kernel, in milliseconds. Only where the backend can. */
  time?(inputs: Values): Promise<readonly number[]>
}

/** One kernel of a plan, for people. */
export interface PlannedKernel {
  /** The layer it belongs to. */
  readonly label: string
  readonly op: OpName
  /** How it is computed: `Winograd F(4×4, 3×3)`. */
  readonly algorithm: string
  readonly inputs: readonly Shape[]
  readonly output: Shape
  /** Parts that threads share. */
  readonly pieces: number
  /** Bytes of inputs, output and what lies between its steps. */
  readonly bytes: number
  /** Multiplications and additions of the direct method, whatever the algorithm saves. */
  readonly flop: number
}
