import { OptionError } from '../base/errors.js'
import { refuseUnknownOptions } from '../base/nearest.js'
import { isRecord } from '../base/record.js'
import { show } from './options/resolve.js'
import type { Rule } from './options/rule.js'

/** Penalties on a weight that are added to the loss: `l1 · Σ |w| + l2 · Σ w²`. What is left out is 0. */
export interface Regularizer {
  readonly l1?: number
  readonly l2?: number
}

/** Brings small weights to 0: adds `factor · Σ |w|` to the loss. Default 0.01, as in Keras. */
export const l1 = (factor = 0.01): Regularizer => ({ l1: checked('l1', 'factor', factor) })

/** Keeps weights small: adds `factor · Σ w²` to the loss. Default 0.01, as in Keras. */
export const l2 = (factor = 0.01): Regularizer => ({ l2: checked('l2', 'factor', factor) })

/** Both penalties. Defaults 0.01 and 0.01, as in Keras. */
export function l1l2(factors: Regularizer = {}): Regularizer {
  refuseUnknownOptions('regularizers.l1l2', factors, ['l1', 'l2'])
  const { l1 = 0.01, l2 = 0.01 } = factors
  return { l1: checked('l1l2', 'l1', l1), l2: checked('l1l2', 'l2', l2) }
}

/** Reads a regularizer; null: none. */
export const regularizerRule: Rule<Regularizer | null> = {
  expected: '{ l1: factor }, { l2: factor } or both, with factors of 0 or more, or null',
  example: '{ l2: 0.001 }',
  read: value => {
    if (value === null) return null
    if (!isRecord(value)) return undefined
    const entries = Object.entries(value)
    const fits = entries.every(([name, factor]) => (name === 'l1' || name === 'l2') && isFactor(factor))
    // The names and numbers were just looked at, which is what the type says.
    return fits && entries.length > 0 ? (value as Regularizer) : undefined
  },
}

const isFactor = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

function checked(regularizer: string, option: string, factor: number): number {
  if (isFactor(factor)) return factor
  throw new OptionError(
    `regularizers.${regularizer}: ${option} must be a number of at least 0, but ${show(factor)} came.`,
    'Usual is 0.0001 to 0.01.',
  )
}
