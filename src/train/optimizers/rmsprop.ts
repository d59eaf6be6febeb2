import { checkAbove0, checkFlag } from '../option-checks.js'
import { ruleOptimizer } from './averaging-optimizer.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { checkFactor } from './options.js'
import type { UpdateRule } from './rule.js'

/** The learning rate is 0.001 by default. */
export interface RmspropOptions extends CommonOptions {
  /** How slowly the mean of the squares changes. Default 0.9. */
  readonly rho?: number
  /** Share of the last update that is kept, 0 … below 1. Default 0. */
  readonly momentum?: number
  /** Keeps the division away from zero. Default 1e-7; as in Keras it stands under the root. */
  readonly epsilon?: number
  /** Divides by the root of the variance instead of the mean square; remembers one number more. Default false. */
  readonly centered?: boolean
}

/**
 * RMSprop (Hinton 2012) in Keras' form: v ← ρ·v + (1 − ρ)·g², the step is lr·g / √(v + ε), centered
 * lr·g / √(v − mean² + ε), and with momentum steps are added to m ← momentum·m + step.
 */
export const rmsprop = (options: RmspropOptions = {}): Optimizer =>
  ruleOptimizer(rmspropRule(options), options, { learningRate: 0.001 })

function rmspropRule(options: RmspropOptions): UpdateRule {
  const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options
  checkFactor('rmsprop', 'rho', rho)
  checkFactor('rmsprop', 'momentum', momentum)
  checkAbove0('rmsprop', 'epsilon', epsilon)
  checkFlag('rmsprop', 'centered', centered)
  return {
    name: 'rmsprop',
    options: { rho, momentum, epsilon, centered },
    slots: ['square', ...(centered ? ['mean'] : []), ...(momentum > 0 ? ['velocity'] : [])],
    record(update) {
      const { value, gradient } = update
      const follow = (slot: string, square: boolean) =>
        update.remember(slot, update.combine(update.slot(slot), gradient, 'follow', square))
      const averages = [follow('square', true), ...(centered ? [follow('mean', false)] : [])]
      const step = (from: typeof value) =>
        update.apply('rmsStep', { centered }, [from, gradient, ...averages, update.by('step', 3)])
      if (momentum === 0) return update.moveTo(step(value))
      const velocity = update.remember('velocity', step(update.slot('velocity')))
      update.moveTo(update.combine(value, velocity, 'move'))
    },
    coefficients: rate => ({
      follow: [rho, 1 - rho],
      step: momentum === 0 ? [1, -rate, epsilon] : [momentum, -rate, epsilon],
      move: [1, 1],
    }),
  }
}
