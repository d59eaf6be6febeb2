import { expectShape, oneShape, take } from './inputs.js'
import type { Op } from './op.js'

/** Moving averages and plain descent. The coefficients are inputs, so a schedule needs no new graph. */
export const combine: Op<'combine'> = {
  shape(_, inputs) {
    const [x, y, coefficients] = take('combine', inputs, 'x', 'y', 'coefficients')
    expectShape('combine', 'coefficients', coefficients, [2])
    return oneShape('combine', [x, y], 'x', 'y')
  },
  meaning({ square }, inputs) {
    const [x, y, coefficients] = take('combine', inputs, 'x', 'y', 'coefficients')
    const [c0, c1] = take('combine', [...coefficients], 'c0', 'c1')
    return x.map((value, i) => c0 * value + c1 * (square ? y[i]! ** 2 : y[i]!))
  },
  gradient: null,
  inPlace: 0,
}

/** Adam's last step (Kingma & Ba 2015); Keras' bias correction is part of the rate. */
export const adamStep: Op<'adamStep'> = {
  shape(_, inputs) {
    const [w, m, v, coefficients] = take('adamStep', inputs, 'w', 'm', 'v', 'coefficients')
    expectShape('adamStep', 'coefficients', coefficients, [2])
    return oneShape('adamStep', [w, m, v], 'w', 'm', 'v')
  },
  meaning(_, inputs) {
    const [w, m, v, coefficients] = take('adamStep', inputs, 'w', 'm', 'v', 'coefficients')
    const [rate, epsilon] = take('adamStep', [...coefficients], 'rate', 'epsilon')
    return w.map((weight, i) => weight - (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon))
  },
  gradient: null,
  inPlace: 0,
}

/**
 * RMSprop's step in Keras' form, with epsilon under the root. What has a momentum keeps its share of x; a weight keeps
 * all of it. The variance v - mean² falls below 0 by rounding only, and counts as 0 there.
 */
export const rmsStep: Op<'rmsStep'> = {
  shape({ centered }, inputs) {
    const names = ['x', 'g', 'v', ...(centered ? ['mean'] : [])]
    const streams = inputs.slice(0, -1)
    expectShape('rmsStep', 'coefficients', inputs.at(-1) ?? [], [3])
    return oneShape('rmsStep', streams, ...names)
  },
  meaning({ centered }, inputs) {
    const coefficients = inputs.at(-1)!
    const [keep, rate, epsilon] = take('rmsStep', [...coefficients], 'keep', 'rate', 'epsilon')
    const [x, g, v, mean] = inputs as readonly [Float64Array, Float64Array, Float64Array, Float64Array]
    const variance = (i: number) => (centered ? Math.max(v[i]! - mean[i]! ** 2, 0) : v[i]!)
    return x.map((value, i) => keep * value + (rate * g[i]!) / Math.sqrt(variance(i) + epsilon))
  },
  gradient: null,
  inPlace: 0,
}

/** Lion's step (Chen et al. 2023): every number moves by the same length. */
export const lionStep: Op<'lionStep'> = {
  shape(_, inputs) {
    const [w, m, g, coefficients] = take('lionStep', inputs, 'w', 'm', 'g', 'coefficients')
    expectShape('lionStep', 'coefficients', coefficients, [3])
    return oneShape('lionStep', [w, m, g], 'w', 'm', 'g')
  },
  meaning(_, inputs) {
    const [w, m, g, coefficients] = take('lionStep', inputs, 'w', 'm', 'g', 'coefficients')
    const [rate, c0, c1] = take('lionStep', [...coefficients], 'rate', 'c0', 'c1')
    return w.map((weight, i) => weight - rate * Math.sign(c0 * m[i]! + c1 * g[i]!))
  },
  gradient: null,
  inPlace: 0,
}
