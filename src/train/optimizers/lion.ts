import { ruleOptimizer } from './averaging-optimizer.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { checkFactor } from './options.js'
import type { UpdateRule } from './rule.js'

/**
 * The learning rate is 0.001 by default. Every number moves by all of it at each step, so it should be 3 to 10 times
 * lower than that of adamw, and `weightDecay` as much higher.
 */
export interface LionOptions extends CommonOptions {
  /** Share of the momentum in the direction of a step. Default 0.9. */
  readonly beta1?: number
  /** How slowly the momentum changes. Default 0.99. */
  readonly beta2?: number
}

/**
 * Lion (Chen et al. 2023), as in Keras: w ← w − lr·sign(β₁·m + (1 − β₁)·g), then m ← β₂·m + (1 − β₂)·g. It remembers
 * half as much as Adam.
 */
export const lion = (options: LionOptions = {}): Optimizer =>
  ruleOptimizer(lionRule(options), options, { learningRate: 0.001 })

function lionRule({ beta1 = 0.9, beta2 = 0.99 }: LionOptions): UpdateRule {
  checkFactor('lion', 'beta1', beta1)
  checkFactor('lion', 'beta2', beta2)
  return {
    name: 'lion',
    options: { beta1, beta2 },
    slots: ['momentum'],
    record(update) {
      const { value, gradient } = update
      const before = update.slot('momentum')
      update.moveTo(update.apply('lionStep', {}, [value, before, gradient, update.by('step', 3)]))
      update.remember('momentum', update.combine(before, gradient, 'momentum'))
    },
    coefficients: rate => ({ step: [rate, beta1, 1 - beta1], momentum: [beta2, 1 - beta2] }),
  }
}
