import { checkFlag } from '../option-checks.js'
import { ruleOptimizer } from './averaging-optimizer.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { checkFactor } from './options.js'
import type { UpdateRule } from './rule.js'

/** The learning rate is 0.01 by default. */
export interface SgdOptions extends CommonOptions {
  /** Share of the last update that is kept, 0 … below 1. Default 0. */
  readonly momentum?: number
  /** Looks one step of momentum ahead (Nesterov). Default false. */
  readonly nesterov?: boolean
}

/**
 * Stochastic gradient descent, with momentum on wish, in Keras' form: v ← m·v − lr·g, then w ← w + v, or with Nesterov
 * w ← w + m·v − lr·g. (PyTorch keeps lr out of v; the two part ways as soon as the learning rate changes.)
 */
export const sgd = (options: SgdOptions = {}): Optimizer =>
  ruleOptimizer(sgdRule(options), options, { learningRate: 0.01 })

function sgdRule({ momentum = 0, nesterov = false }: SgdOptions): UpdateRule {
  checkFactor('sgd', 'momentum', momentum)
  checkFlag('sgd', 'nesterov', nesterov)
  return {
    name: 'sgd',
    options: { momentum, nesterov },
    slots: momentum === 0 ? [] : ['velocity'],
    record(update) {
      const { value, gradient } = update
      if (momentum === 0) return update.moveTo(update.combine(value, gradient, 'descend'))
      const velocity = update.combine(update.slot('velocity'), gradient, 'velocity')
      const moved = update.combine(value, update.remember('velocity', velocity), 'move')
      update.moveTo(nesterov ? update.combine(moved, gradient, 'descend') : moved)
    },
    coefficients: rate => ({
      velocity: [momentum, -rate],
      move: [1, nesterov ? momentum : 1],
      descend: [1, -rate],
    }),
  }
}
