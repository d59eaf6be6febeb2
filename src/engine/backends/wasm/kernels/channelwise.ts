import { sizeOf } from '../../../../base/shape.js'
import { f32x4, i32, type Vector, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT, type Kernel, type KernelFor, LANES } from './kernel.js'

/** Floats of output that one piece computes, about. */
const PIECE_FLOATS = 16384

/**
 * A kernel over `[…, C]` whose formula needs, beside the numbers at the same place of the first `streams` inputs, one
 * number a channel of the others. `compute` gets a reader for those: `channel(i)` is input `i` at the channels at hand.
 */
export function channelwise(
  name: string,
  { inputs, output }: { inputs: readonly unknown[]; output: readonly number[] },
  streams: number,
  compute: (emission: Emission, values: readonly Local<'v128'>[], channel: (i: number) => Vector) => Vector,
): Kernel {
  const channels = output.at(-1)!
  const rows = sizeOf(output) / channels
  const rowsPerPiece = Math.max(1, Math.floor(PIECE_FLOATS / channels))
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const values = Array.from({ length: streams }, () => f.v128())
    const parameters = inputs.map((_, i) => (i < streams ? undefined : f.v128()))
    const row = f.i32(i32.mul(piece, rowsPerPiece))
    const end = f.i32(i32.min(rows, i32.add(row, rowsPerPiece)))
    const offset = f.i32()
    const c = f.i32()
    const four = (lanes: number) => {
      f.set(offset, i32.mul(i32.add(i32.mul(row, channels), c), FLOAT))
      values.forEach((value, i) => f.set(value, v128.load(i32.add(at.inputs[i]!, offset))))
      parameters.forEach((parameter, i) => {
        if (parameter) f.set(parameter, v128.load(i32.add(at.inputs[i]!, i32.mul(c, FLOAT))))
      })
      f.storeLanes(i32.add(at.output, offset), f.v128(compute(emission, values, i => parameters[i]!)), lanes)
    }
    f.while(i32.lt(row, end), () => {
      const rest = channels % LANES
      f.for(c, 0, channels - rest, LANES, () => four(LANES))
      if (rest > 0) {
        f.set(c, channels - rest)
        four(rest)
      }
      f.increase(row, 1)
    })
  }
  return { steps: [{ name, pieces: Math.ceil(rows / rowsPerPiece), emit }] }
}

export const biasAdd: KernelFor<'biasAdd'> = node =>
  channelwise('bias', node, 1, (_, [x], channel) => f32x4.add(x!, channel(1)))

/** 1 / √(variance + epsilon) */
export const inverseDeviation = (variance: Vector, epsilon: number): Vector =>
  f32x4.div(1, f32x4.sqrt(f32x4.add(variance, epsilon)))

export const batchNorm: KernelFor<'batchNorm'> = node =>
  channelwise('batch norm', node, 1, (_, [x], channel) => {
    const [mean, variance, gamma, beta] = [channel(1), channel(2), channel(3), channel(4)]
    const normal = f32x4.mul(f32x4.sub(x!, mean), inverseDeviation(variance, node.attributes.epsilon))
    return f32x4.madd(normal, gamma, beta)
  })

/** gamma / σ · (dy - mean(dy) - x̂ · mean(dy · x̂)) when the statistics are the batch's own, else gamma / σ · dy. */
export const batchNormInputGradient: KernelFor<'batchNormInputGradient'> = node => {
  const { epsilon, training } = node.attributes
  const share = node.output.at(-1)! / sizeOf(node.output)
  return channelwise('batch norm input gradient', node, 2, ({ f }, [dy, x], channel) => {
    const [mean, variance, gamma, dgamma, dbeta] = [
      channel(2),
      channel(3),
      channel(4),
      channel(5),
      channel(6),
    ]
    const inverse = f.v128(inverseDeviation(variance, epsilon))
    const gain = f32x4.mul(gamma, inverse)
    if (!training) return f32x4.mul(dy!, gain)
    const normal = f32x4.mul(f32x4.sub(x!, mean), inverse)
    const common = f32x4.mul(share, f32x4.madd(normal, dgamma, dbeta))
    return f32x4.mul(gain, f32x4.sub(dy!, common))
  })
}
