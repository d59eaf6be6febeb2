import { refuseUnknownOptions } from '../../base/nearest.js'
import type { Shape } from '../../base/shape.js'
import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Value } from '../../engine/ops/op.js'
import type { Schedule } from '../schedules/schedule.js'
import type { Optimizer, UpdateRecorder, WeightGradient } from './optimizer.js'
import { checkFactor, type LearningRate, learningRateConfig, readLearningRate } from './options.js'

export interface SgdOptions {
  /** A number above 0, or a schedule. Default 0.01. */
  readonly learningRate?: LearningRate
  /** Share of the last update that is kept, 0 … below 1. Default 0. */
  readonly momentum?: number
  /** Looks one step of momentum ahead (Nesterov). Default false. */
  readonly nesterov?: boolean
}

/**
 * Gradient descent in Keras' form: v ← m·v − lr·g, then w ← w + v, or with Nesterov w ← w + m·v − lr·g.
 * (PyTorch keeps lr out of v; the two part ways as soon as the learning rate changes.)
 */
export class Sgd implements Optimizer {
  readonly name = 'sgd'
  learningRate: number
  readonly schedule: Schedule | null
  readonly momentum: number
  readonly nesterov: boolean

  constructor(options: SgdOptions = {}) {
    refuseUnknownOptions('sgd', options, ['learningRate', 'momentum', 'nesterov'])
    const { learningRate = 0.01, momentum = 0, nesterov = false } = options
    checkFactor('sgd', 'momentum', momentum)
    const rate = readLearningRate('sgd', learningRate)
    this.learningRate = rate.learningRate
    this.schedule = rate.schedule
    this.momentum = momentum
    this.nesterov = nesterov
  }

  config(): Record<string, unknown> {
    return { learningRate: learningRateConfig(this), momentum: this.momentum, nesterov: this.nesterov }
  }

  slots(weight: string, shape: Shape): readonly VariableSpec[] {
    return this.momentum === 0 ? [] : [{ name: velocityOf(weight), shape }]
  }

  record(
    graph: UpdateRecorder,
    { name, value, gradient }: WeightGradient,
    slot: (name: string) => Value,
    coefficients: (name: string) => Value,
  ): void {
    const combine = (x: Value, y: Value, by: string) =>
      graph.apply('combine', { square: false }, [x, y, coefficients(by)])
    if (this.momentum === 0) {
      graph.update(name, combine(value, gradient, 'sgd/descend'))
      return
    }
    const velocity = combine(slot(velocityOf(name)), gradient, 'sgd/velocity')
    graph.update(velocityOf(name), velocity)
    const moved = combine(value, velocity, 'sgd/move')
    graph.update(name, this.nesterov ? combine(moved, gradient, 'sgd/descend') : moved)
  }

  coefficients(): Record<string, number[]> {
    const { learningRate, momentum } = this
    return {
      'sgd/velocity': [momentum, -learningRate],
      'sgd/move': [1, this.nesterov ? momentum : 1],
      'sgd/descend': [1, -learningRate],
    }
  }
}

const velocityOf = (weight: string): string => `sgd/velocity/${weight}`

/** Stochastic gradient descent, with momentum on wish. */
export const sgd = (options?: SgdOptions): Optimizer => new Sgd(options)
