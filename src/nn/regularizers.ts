import { isRecord } from '../base/record.js'
import type { Rule } from './options/rule.js'

/** A penalty that is added to the loss: `l2 · Σ w²`. */
export interface Regularizer {
  readonly l2: number
}

/** Keeps weights small: adds `factor · Σ w²` to the loss. Keras' default factor is 0.01. */
export const l2 = (factor = 0.01): Regularizer => ({ l2: factor })

/** Reads a regularizer; null: none. */
export const regularizerRule: Rule<Regularizer | null> = {
  expected: '{ l2: factor } with a factor of 0 or more, or null',
  example: '{ l2: 0.001 }',
  read: value => {
    if (value === null) return null
    if (!isRecord(value) || Object.keys(value).join() !== 'l2') return undefined
    const factor = value.l2
    return typeof factor === 'number' && Number.isFinite(factor) && factor >= 0 ? { l2: factor } : undefined
  },
}
