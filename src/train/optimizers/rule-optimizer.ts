import { refuseUnknownOptions } from '../../base/nearest.js'
import type { VariableSpec } from '../../engine/backends/backend.js'
import type { Value } from '../../engine/ops/op.js'
import type { Schedule, ScheduledTraining } from '../schedules/schedule.js'
import { clipGradients } from './clip-gradients.js'
import {
  type CommonOptions,
  type CommonSettings,
  commonConfig,
  commonOptionNames,
  readCommon,
} from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { learningRateConfig, readLearningRate } from './options.js'
import { slotName, type UpdateRule, WeightUpdate } from './rule.js'
import type { OptimizedWeight, UpdateRecorder, WeightGradient } from './updates.js'
import { checkMembers, groupIndex } from './weight-groups.js'

/** What of the common options is usual for one rule. */
export interface UsualOptions {
  readonly learningRate: number
  /** Default null. */
  readonly weightDecay?: number
}

/** How the weights of one group move. */
interface Course {
  /** What the names of its coefficients begin with. */
  readonly prefix: string
  readonly rateFactor: number
  readonly weightDecay: number | null
}

/** A rule, with everything that is the same for all rules around it: clip gradients, let weights decay, move them. */
export class RuleOptimizer implements Optimizer {
  readonly averages = null
  learningRate: number
  readonly schedule: Schedule | null
  private readonly common: CommonSettings
  /** One for each group, then that of all other weights. */
  private readonly courses: readonly Course[]

  constructor(
    private readonly rule: UpdateRule,
    options: CommonOptions,
    private readonly usual: UsualOptions,
  ) {
    const { name } = rule
    refuseUnknownOptions(name, options, [...commonOptionNames, ...Object.keys(rule.options)])
    this.common = readCommon(name, { weightDecay: usual.weightDecay ?? null, ...options })
    const rate = readLearningRate(name, options.learningRate ?? usual.learningRate)
    this.learningRate = rate.learningRate
    this.schedule = rate.schedule
    this.courses = coursesOf(name, this.common)
  }

  get name(): string {
    return this.rule.name
  }

  config(): Record<string, unknown> {
    const common = commonConfig(this.common, this.usual.weightDecay ?? null)
    return { learningRate: learningRateConfig(this), ...this.rule.options, ...common }
  }

  check(weights: readonly OptimizedWeight[]): void {
    checkMembers(this.name, this.common.groups, weights)
  }

  checkTraining(training: ScheduledTraining): void {
    this.schedule?.check?.(training)
  }

  slots({ name, shape, trainable }: OptimizedWeight): readonly VariableSpec[] {
    if (!trainable || isFrozen(this.courseOf(name))) return []
    return this.rule.slots.map(slot => ({ name: slotName(this.rule.name, slot, name), shape }))
  }

  record(graph: UpdateRecorder, gradients: readonly WeightGradient[]): void {
    const moving = gradients.filter(({ name }) => !isFrozen(this.courseOf(name)))
    for (const weight of clipGradients(graph, this.common.clipping, moving)) {
      const course = this.courseOf(weight.name)
      const value = decayed(graph, weight.value, course)
      this.rule.record(new WeightUpdate(graph, this.rule.name, { ...weight, value }, course.prefix))
    }
  }

  coefficients(step: number): Record<string, readonly number[]> {
    const all: Record<string, readonly number[]> = {}
    for (const { prefix, rateFactor, weightDecay } of this.courses) {
      const own = this.rule.coefficients(this.learningRate * rateFactor, step)
      for (const [name, values] of Object.entries(own)) all[prefix + name] = values
      if (weightDecay !== null) all[prefix + decayName] = [1, -weightDecay * this.learningRate]
    }
    return all
  }

  private courseOf(weight: string): Course {
    return this.courses.at(groupIndex(this.common.groups, weight))!
  }
}

function coursesOf(rule: string, { groups, weightDecay }: CommonSettings): readonly Course[] {
  const ofGroups = groups.map((group, i) => ({
    prefix: `${rule}/groups/${i}/`,
    rateFactor: group.learningRateFactor ?? 1,
    weightDecay: group.weightDecay === undefined ? weightDecay : group.weightDecay,
  }))
  return [...ofGroups, { prefix: `${rule}/`, rateFactor: 1, weightDecay }]
}

const isFrozen = ({ rateFactor }: Course): boolean => rateFactor === 0

const decayName = 'decay'

/**
 * w - w · decay · rate, as a difference: the factor 1 - decay · rate alone, rounded to float32, would have lost most of
 * what is to be taken off.
 */
function decayed(graph: UpdateRecorder, value: Value, { prefix, weightDecay }: Course): Value {
  if (!weightDecay) return value
  return graph.apply('combine', { square: false }, [value, value, graph.input(prefix + decayName, [2])])
}
