import { sizeOf } from '../../../base/shape.js'
import type { VariableSpec } from '../backend.js'
import { FLOAT } from './kernels/kernel.js'

/** Words that threads agree through, each on a cache line of its own. */
export const CONTROL = {
  /** The next piece of the step at hand that nobody has taken. */
  nextPiece: 0,
  /** Threads that have finished the step at hand. */
  arrived: 64,
  /** Steps that all threads have finished. */
  generation: 128,
} as const

const CONTROL_BYTES = 192
const LINE = 64
export const PAGE = 65536
/** WebAssembly's 32-bit addresses reach so many pages: 4 GiB. */
export const MAX_PAGES = 65536

export const aligned = (bytes: number): number => Math.ceil(bytes / LINE) * LINE

export interface VariableLayout {
  /** Address of each variable by name. */
  readonly addresses: ReadonlyMap<string, number>
  /** First address behind the variables: where the arena that all programs share begins. */
  readonly end: number
}

/** Control words first, then the variables one behind the other, each with room for a vector read at its last float. */
export function layOutVariables(variables: readonly VariableSpec[]): VariableLayout {
  const addresses = new Map<string, number>()
  let end = CONTROL_BYTES
  for (const { name, shape } of variables) {
    addresses.set(name, end)
    end += aligned(sizeOf(shape) * FLOAT + LINE)
  }
  return { addresses, end }
}
