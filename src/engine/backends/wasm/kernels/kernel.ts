import type { Shape } from '../../../../base/shape.js'
import type { OpAttributes, OpName } from '../../../ops/attributes.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import type { VectorMath } from './math.js'

/** Bytes of one float. */
export const FLOAT = 4
/** Floats of one vector. */
export const LANES = 4

/** Where the memory plan has put a kernel's numbers: addresses in bytes, known when code is written. */
export interface Addresses {
  readonly inputs: readonly number[]
  readonly output: number
  readonly temporaries: readonly number[]
}

/** What a step writes its code with. */
export interface Emission {
  readonly f: FunctionBuilder
  readonly at: Addresses
  /** Which piece of the step to compute: 0 … pieces-1. */
  readonly piece: Local<'i32'>
  /** Address of memory that belongs to this thread alone. */
  readonly scratch: Local<'i32'>
  readonly math: VectorMath
}

/**
 * A part of a kernel that runs on all threads at once. It is cut into pieces by shape alone, never by the number of
 * threads; no two pieces write the same number. So the result does not depend on who computes which piece.
 */
export interface KernelStep {
  readonly name: string
  readonly pieces: number
  /** The one input this step reads: where that is a weight, what it makes may serve the next run too. */
  readonly readsOnly?: number
  emit(emission: Emission): void
}

/** How one node of the graph is computed: its steps in order, and the memory they need beside inputs and output. */
export interface Kernel {
  /** How it is computed, for people. Default: the first step's name. */
  readonly algorithm?: string
  readonly steps: readonly KernelStep[]
  /** Sizes in floats of buffers shared by the steps. */
  readonly temporaries?: readonly number[]
  /** Floats each thread needs for itself. */
  readonly scratch?: number
}

export interface KernelNode<N extends OpName> {
  readonly attributes: OpAttributes[N]
  readonly inputs: readonly Shape[]
  readonly output: Shape
}

export type KernelFor<N extends OpName> = (node: KernelNode<N>) => Kernel
