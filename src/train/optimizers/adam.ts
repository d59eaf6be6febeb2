import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { wholePower } from '../../base/portable-math.js'
import type { Shape } from '../../base/shape.js'
import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Value } from '../../engine/ops/op.js'
import type { Schedule } from '../schedules/schedule.js'
import type { Optimizer, UpdateRecorder, WeightGradient } from './optimizer.js'
import { checkFactor, type LearningRate, learningRateConfig, readLearningRate } from './options.js'

export interface AdamOptions {
  /** A number above 0, or a schedule. Default 0.001. */
  readonly learningRate?: LearningRate
  /** How slowly the mean of the gradients changes. Default 0.9. */
  readonly beta1?: number
  /** How slowly the mean of their squares changes. Default 0.999. */
  readonly beta2?: number
  /** Keeps the division away from zero. Default 1e-7, as in Keras. */
  readonly epsilon?: number
}

/**
 * Adam (Kingma & Ba 2015) in the form Keras uses: the bias correction goes into the rate,
 * lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ), and epsilon is added after it.
 */
export class Adam implements Optimizer {
  readonly name = 'adam'
  learningRate: number
  readonly schedule: Schedule | null
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number

  constructor(options: AdamOptions = {}) {
    refuseUnknownOptions('adam', options, ['learningRate', 'beta1', 'beta2', 'epsilon'])
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options
    checkFactor('adam', 'beta1', beta1)
    checkFactor('adam', 'beta2', beta2)
    if (!Number.isFinite(epsilon) || epsilon <= 0)
      throw new OptionError(`adam: epsilon must be a finite number above 0, but ${epsilon} came.`)
    const rate = readLearningRate('adam', learningRate)
    this.learningRate = rate.learningRate
    this.schedule = rate.schedule
    this.beta1 = beta1
    this.beta2 = beta2
    this.epsilon = epsilon
  }

  config(): Record<string, unknown> {
    const { beta1, beta2, epsilon } = this
    return { learningRate: learningRateConfig(this), beta1, beta2, epsilon }
  }

  slots(weight: string, shape: Shape): readonly VariableSpec[] {
    return [
      { name: meanOf(weight), shape },
      { name: squareOf(weight), shape },
    ]
  }

  record(
    graph: UpdateRecorder,
    { name, value, gradient }: WeightGradient,
    slot: (name: string) => Value,
    coefficients: (name: string) => Value,
  ): void {
    const follow = (average: string, square: boolean, by: string) => {
      const moved = graph.apply('combine', { square }, [slot(average), gradient, coefficients(by)])
      graph.update(average, moved)
      return moved
    }
    const mean = follow(meanOf(name), false, 'adam/mean')
    const square = follow(squareOf(name), true, 'adam/square')
    graph.update(name, graph.apply('adamStep', {}, [value, mean, square, coefficients('adam/step')]))
  }

  coefficients(step: number): Record<string, number[]> {
    const { learningRate, beta1, beta2, epsilon } = this
    const t = step + 1
    const rate = (learningRate * Math.sqrt(1 - wholePower(beta2, t))) / (1 - wholePower(beta1, t))
    return {
      'adam/mean': [beta1, 1 - beta1],
      'adam/square': [beta2, 1 - beta2],
      'adam/step': [rate, epsilon],
    }
  }
}

const meanOf = (weight: string): string => `adam/mean/${weight}`
const squareOf = (weight: string): string => `adam/square/${weight}`

/** Adam: every weight gets a rate of its own, from the mean and the spread of its gradients. */
export const adam = (options?: AdamOptions): Optimizer => new Adam(options)
