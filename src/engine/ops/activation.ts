import type { Activation, ActivationKind } from './attributes.js'
import { erfc } from './erf.js'
import { oneShape, take } from './inputs.js'
import type { Op } from './op.js'

/** One activation as scalar functions in float64; `derivative` is given the input or the output, as `from` says. */
interface ScalarActivation {
  readonly from: 'input' | 'output'
  value(x: number, alpha: number): number
  derivative(z: number, alpha: number): number
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
const normalCumulative = (x: number): number => erfc(-x / Math.SQRT2) / 2

/** NaN stays NaN everywhere (hence no `x > 0 ? x : 0`), so that a diverged training shows. At 0 relu's derivative is 0. */
const scalar: Readonly<Record<ActivationKind, ScalarActivation>> = {
  linear: { from: 'output', value: x => x, derivative: () => 1 },
  relu: { from: 'output', value: x => Math.max(x, 0), derivative: y => (y > 0 ? 1 : 0) },
  leakyRelu: {
    from: 'output',
    value: (x, alpha) => (x > 0 ? x : alpha * x),
    derivative: (y, alpha) => (y > 0 ? 1 : alpha),
  },
  elu: {
    from: 'output',
    value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
    derivative: (y, alpha) => (y > 0 ? 1 : y + alpha),
  },
  gelu: {
    from: 'input',
    value: x => x * normalCumulative(x),
    derivative: x => normalCumulative(x) + x * normalDensity(x),
  },
  silu: {
    from: 'input',
    value: x => x * sigmoid(x),
    derivative: x => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  },
  sigmoid: { from: 'output', value: sigmoid, derivative: y => y * (1 - y) },
  tanh: { from: 'output', value: Math.tanh, derivative: y => 1 - y * y },
}

/**
 * What the backward pass must be given: where the derivative follows from the output, the input need not be kept.
 * For leakyRelu and elu that holds as long as alpha is not negative.
 */
export const derivativeFrom = (kind: ActivationKind): 'input' | 'output' => scalar[kind].from

/** The activation of one number, in float64. gelu is the exact form x · Φ(x). */
export const activationValue = ({ kind, alpha }: Activation, x: number): number =>
  scalar[kind].value(x, alpha)

/** The derivative at one place; `z` is the activation's input or output there, as `derivativeFrom` says. */
export const activationDerivative = ({ kind, alpha }: Activation, z: number): number =>
  scalar[kind].derivative(z, alpha)

export const activation: Op<'activation'> = {
  shape: (_, inputs) => oneShape('activation', inputs, 'x'),
  meaning(attributes, inputs) {
    const [x] = take('activation', inputs, 'x')
    return x.map(value => activationValue(attributes, value))
  },
  gradient(record, { attributes, inputs, output }, dy) {
    if (attributes.kind === 'linear') return [dy]
    const [x] = take('activation', inputs, 'x')
    const z = derivativeFrom(attributes.kind) === 'input' ? x : output
    return [record.apply('activationGradient', attributes, [dy, z])]
  },
}

export const activationGradient: Op<'activationGradient'> = {
  shape: (_, inputs) => oneShape('activationGradient', inputs, 'dy', 'z'),
  meaning(attributes, inputs) {
    const [dy, z] = take('activationGradient', inputs, 'dy', 'z')
    return dy.map((value, i) => value * activationDerivative(attributes, z[i]!))
  },
  gradient: null,
}
