import { isRecord } from '../base/record.js'
import type { ActivationKind } from '../engine/ops/attributes.js'
import type { Recorder, Value } from '../engine/ops/op.js'
import { knownName } from './names.js'
import type { Rule } from './options/rule.js'
import { adviseNearest } from './options/rules.js'

export type ActivationName = ActivationKind | 'softmax'

/** What users may write; `leaky_relu` and `swish` are Keras' spellings of leakyRelu and silu. */
export type ActivationOption =
  | ActivationName
  | 'leaky_relu'
  | 'swish'
  | { readonly name: ActivationName | 'leaky_relu'; readonly alpha?: number }

/** An activation as it is stored: a name, or with a slope of its own `{ name: 'leakyRelu', alpha: 0.1 }`. */
export type ActivationConfig = ActivationName | { readonly name: ActivationName; readonly alpha: number }

/** Every activation and its default alpha (Keras 3); null: it has none. */
const alphas: Readonly<Record<ActivationName, number | null>> = {
  linear: null,
  relu: null,
  leakyRelu: 0.2,
  elu: 1,
  gelu: null,
  silu: null,
  sigmoid: null,
  tanh: null,
  softmax: null,
}

export const activationNames = Object.keys(alphas) as ActivationName[]

/** Reads an activation as users write it into its stored form. */
export const activationRule: Rule<ActivationConfig> = {
  expected: `one of ${activationNames.join(', ')}, leakyRelu and elu also as { name, alpha }`,
  example: "'relu'",
  read: value => readActivation(value),
  advise: value => adviseNearest(isRecord(value) ? value.name : value, activationNames),
}

function readActivation(value: unknown): ActivationConfig | undefined {
  if (!isRecord(value)) return value === 'swish' ? 'silu' : knownName(value, activationNames)
  const name = knownName(value.name, activationNames)
  if (name === undefined || Object.keys(value).some(key => key !== 'name' && key !== 'alpha'))
    return undefined
  if (value.alpha === undefined) return name
  const { alpha } = value
  return alphas[name] !== null && typeof alpha === 'number' && Number.isFinite(alpha)
    ? { name, alpha }
    : undefined
}

/** Records an activation of `x`; linear records nothing. */
export function recordActivation(recorder: Recorder, activation: ActivationConfig, x: Value): Value {
  const name = typeof activation === 'string' ? activation : activation.name
  if (name === 'linear') return x
  if (name === 'softmax') return recorder.apply('softmax', {}, [x])
  const alpha = typeof activation === 'string' ? (alphas[name] ?? 0) : activation.alpha
  return recorder.apply('activation', { kind: name, alpha }, [x])
}
