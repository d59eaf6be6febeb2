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
