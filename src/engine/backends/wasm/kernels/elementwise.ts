import { sizeOf } from '../../../../base/shape.js'
import { f32x4, i32, type Vector, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { activated, derivative } from './activation.js'
import { type Emission, FLOAT, type Kernel, type KernelFor, LANES } from './kernel.js'

/** Vectors that one piece computes: 64 KiB of output. */
const PIECE_VECTORS = 4096

/**
 * A kernel that makes each number of the output from the numbers at the same place of `streams` inputs (the first
 * ones). `prepare` runs once a piece, before the loop. Buffers are padded to whole vectors, so the last one may be
 * computed in full.
 */
export function elementwise<T = undefined>(
  name: string,
  { inputs, output }: { inputs: readonly unknown[]; output: readonly number[] },
  compute: (
    emission: Emission,
    streams: readonly Local<'v128'>[],
    element: Local<'i32'>,
    prepared: T,
  ) => Vector,
  streams = inputs.length,
  prepare?: (emission: Emission) => T,
): Kernel {
  const vectors = Math.ceil(sizeOf(output) / LANES)
  const pieces = Math.ceil(vectors / PIECE_VECTORS)
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const values = Array.from({ length: streams }, () => f.v128())
    const element = f.i32(i32.mul(piece, PIECE_VECTORS * LANES))
    const end = f.i32(i32.min(vectors * LANES, i32.add(element, PIECE_VECTORS * LANES)))
    const offset = f.i32()
    const prepared = prepare?.(emission) as T
    f.while(i32.lt(element, end), () => {
      f.set(offset, i32.mul(element, FLOAT))
      values.forEach((value, i) => f.set(value, v128.load(i32.add(at.inputs[i]!, offset))))
      f.storeVector(i32.add(at.output, offset), compute(emission, values, element, prepared))
      f.increase(element, LANES)
    })
  }
  return { steps: [{ name, pieces, emit }] }
}

export const add: KernelFor<'add'> = node => elementwise('add', node, (_, [a, b]) => f32x4.add(a!, b!))

export const multiply: KernelFor<'multiply'> = node =>
  elementwise('multiply', node, (_, [a, b]) => f32x4.mul(a!, b!))

export const scale: KernelFor<'scale'> = node =>
  elementwise('scale', node, (_, [x]) => f32x4.mul(x!, node.attributes.factor))

export const activation: KernelFor<'activation'> = node =>
  elementwise(node.attributes.kind, node, (emission, [x]) => activated(emission, node.attributes, x!))

export const activationGradient: KernelFor<'activationGradient'> = node =>
  elementwise(`${node.attributes.kind} gradient`, node, (emission, [dy, z]) =>
    f32x4.mul(dy!, derivative(emission, node.attributes, z!)),
  )

export const spread: KernelFor<'spread'> = node =>
  elementwise('spread', node, ({ at }) => f32x4.mul(v128.loadSplat(at.inputs[0]!), node.attributes.factor), 0)

export const smoothTarget: KernelFor<'smoothTarget'> = node => {
  const { smoothing } = node.attributes
  const share = smoothing / node.output.at(-1)!
  return elementwise('smooth target', node, (_, [target]) => f32x4.madd(target!, 1 - smoothing, share))
}

/** dy [1], w → a slope of every weight, times dy. */
const penaltyGradient = (
  name: string,
  { inputs, output }: { inputs: readonly unknown[]; output: readonly number[] },
  slope: (w: Local<'v128'>) => Vector,
): Kernel =>
  elementwise(
    name,
    { inputs: [inputs[1]], output },
    ({ f, at }, _, element) => {
      const w = f.v128(v128.load(i32.add(at.inputs[1]!, i32.mul(element, FLOAT))))
      return f32x4.mul(v128.loadSplat(at.inputs[0]!), slope(w))
    },
    0,
  )

export const l2PenaltyGradient: KernelFor<'l2PenaltyGradient'> = node =>
  penaltyGradient('l2 penalty gradient', node, w => f32x4.mul(2 * node.attributes.factor, w))

export const l1PenaltyGradient: KernelFor<'l1PenaltyGradient'> = node => {
  const { factor } = node.attributes
  const side = (beyond: Vector, slope: number) => v128.and(beyond, f32x4.const(slope))
  return penaltyGradient('l1 penalty gradient', node, w =>
    v128.or(side(f32x4.gt(w, 0), factor), side(f32x4.lt(w, 0), -factor)),
  )
}
