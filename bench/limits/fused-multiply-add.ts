import type { Expression } from '../../src/engine/backends/wasm/assembler/expressions.js'

type Vector = Expression<'v128'>

/** `f32x4.relaxed_madd`: a · b + c in four lanes, rounded once where the processor can, else as two instructions. */
export const fusedMultiplyAdd = (a: Vector, b: Vector, c: Vector): Vector => ({
  type: 'v128',
  write(out) {
    for (const operand of [a, b, c]) operand.write(out)
    out.raw(0xfd).unsigned(0x105)
  },
})
