import { f32x4, v128 } from '../assembler/expressions.js'
import { elementwise } from './elementwise.js'
import { type Emission, FLOAT, type KernelFor } from './kernel.js'

/** The number `index` of the coefficients, in all lanes. */
const coefficient = ({ at }: Emission, input: number, index = 0) =>
  v128.loadSplat(at.inputs[input]!, index * FLOAT)

/** The optimizers' update; in place on the first input. */
export const combine: KernelFor<'combine'> = node =>
  elementwise(
    'combine',
    node,
    (emission, [x, y]) => {
      const term = node.attributes.square ? f32x4.mul(y!, y!) : y!
      return f32x4.madd(coefficient(emission, 2, 1), term, f32x4.mul(coefficient(emission, 2), x!))
    },
    2,
  )

export const adamStep: KernelFor<'adamStep'> = node =>
  elementwise(
    'adam step',
    node,
    (emission, [w, m, v]) => {
      const [rate, epsilon] = [coefficient(emission, 3), coefficient(emission, 3, 1)]
      return f32x4.sub(w!, f32x4.div(f32x4.mul(rate, m!), f32x4.add(f32x4.sqrt(v!), epsilon)))
    },
    3,
  )

/** The variance is kept from falling below 0, where rounding would take it: √ would make it NaN. */
export const rmsStep: KernelFor<'rmsStep'> = node => {
  const streams = node.attributes.centered ? 4 : 3
  return elementwise(
    'rms step',
    node,
    (emission, [x, g, v, mean]) => {
      const [keep, rate, epsilon] = [0, 1, 2].map(index => coefficient(emission, streams, index))
      const variance = mean ? f32x4.max(f32x4.sub(v!, f32x4.mul(mean, mean)), 0) : v!
      const root = f32x4.sqrt(f32x4.add(variance, epsilon!))
      return f32x4.add(f32x4.mul(keep!, x!), f32x4.div(f32x4.mul(rate!, g!), root))
    },
    streams,
  )
}

export const lionStep: KernelFor<'lionStep'> = node =>
  elementwise(
    'lion step',
    node,
    (emission, [w, m, g]) => {
      const [rate, c0, c1] = [0, 1, 2].map(index => coefficient(emission, 3, index))
      const { f } = emission
      const sum = f.v128(f32x4.madd(c1!, g!, f32x4.mul(c0!, m!)))
      // x / |x| is the sign, and stays NaN where x is; of 0 it would be NaN too, so there it is masked away.
      const sign = v128.and(f32x4.div(sum, f32x4.abs(sum)), f32x4.ne(sum, 0))
      return f32x4.sub(w!, f32x4.mul(rate!, sign))
    },
    3,
  )

export const scaleBy: KernelFor<'scaleBy'> = node =>
  elementwise('scale by', node, (emission, [x]) => f32x4.mul(coefficient(emission, 1), x!), 1)

export const clip: KernelFor<'clip'> = node => {
  const { limit } = node.attributes
  return elementwise('clip', node, (_, [x]) => f32x4.min(f32x4.max(x!, -limit), limit))
}
