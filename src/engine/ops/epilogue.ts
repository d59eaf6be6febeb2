import type { Shape } from '../../base/shape.js'
import { activationValue } from './activation.js'
import type { Epilogue, OpName } from './attributes.js'
import { expectShape, take } from './inputs.js'

/** The inputs of an op with an epilogue: two factors, and the bias where the epilogue has one. */
export function takeProduct<T>(
  op: OpName,
  inputs: readonly T[],
  epilogue: Epilogue | undefined,
  names: readonly [string, string],
): readonly [T, T, T?] {
  return epilogue?.bias ? take(op, inputs, ...names, 'bias') : take(op, inputs, ...names)
}

/** Throws unless the bias, if any, has one number for each channel. */
export function expectBias(op: OpName, bias: Shape | undefined, channels: number): void {
  if (bias) expectShape(op, 'bias', bias, [channels])
}

/** Adds the bias to every row of `y` and applies the activation. */
export function applyEpilogue(
  y: Float64Array,
  channels: number,
  epilogue: Epilogue | undefined,
  bias: Float64Array | undefined,
): Float64Array {
  if (!epilogue) return y
  return y.map((sum, i) => activationValue(epilogue.activation, sum + (bias ? bias[i % channels]! : 0)))
}

/**
 * Gradients are recorded before ops are fused, so an op with an epilogue has none: its activation's derivative may
 * need numbers that the fused op never stores.
 */
export function expectUnfused(op: OpName, epilogue: Epilogue | undefined): void {
  if (epilogue) throw new Error(`${op}: an op with an epilogue cannot be differentiated; differentiate first`)
}
