import { wholePower } from '../../base/portable-math.js'
import { checkAbove0 } from '../option-checks.js'
import { ruleOptimizer } from './averaging-optimizer.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { checkFactor } from './options.js'
import type { UpdateRule } from './rule.js'

/** The learning rate is 0.001 by default. */
export interface AdamOptions extends CommonOptions {
  /** How slowly the mean of the gradients changes. Default 0.9. */
  readonly beta1?: number
  /** How slowly the mean of their squares changes. Default 0.999. */
  readonly beta2?: number
  /** Keeps the division away from zero. Default 1e-7, as in Keras. */
  readonly epsilon?: number
}

/** Adam: every weight gets a rate of its own, from the mean and the spread of its gradients. */
export const adam = (options: AdamOptions = {}): Optimizer =>
  ruleOptimizer(adamRule('adam', options), options, { learningRate: 0.001 })

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019): `weightDecay` is 0.004 by default, as in Keras. */
export const adamw = (options: AdamOptions = {}): Optimizer =>
  ruleOptimizer(adamRule('adamw', options), options, { learningRate: 0.001, weightDecay: 0.004 })

/**
 * Kingma & Ba 2015 in the form Keras uses: the bias correction goes into the rate, lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ), and
 * epsilon is added after it.
 */
function adamRule(name: string, options: AdamOptions): UpdateRule {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options
  checkFactor(name, 'beta1', beta1)
  checkFactor(name, 'beta2', beta2)
  checkAbove0(name, 'epsilon', epsilon)
  return {
    name,
    options: { beta1, beta2, epsilon },
    slots: ['mean', 'square'],
    record(update) {
      const { value, gradient } = update
      const mean = update.remember('mean', update.combine(update.slot('mean'), gradient, 'mean'))
      const square = update.combine(update.slot('square'), gradient, 'square', true)
      update.remember('square', square)
      update.moveTo(update.apply('adamStep', {}, [value, mean, square, update.by('step')]))
    },
    coefficients(rate, step) {
      const [left1, left2] = [beta1, beta2].map(beta => 1 - wholePower(beta, step + 1))
      return {
        mean: [beta1, 1 - beta1],
        square: [beta2, 1 - beta2],
        step: [(rate * Math.sqrt(left2!)) / left1!, epsilon],
      }
    },
  }
}
