import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { checkFlag, checkWhole } from '../option-checks.js'
import { adam } from './adam.js'
import { averaging } from './averaging-optimizer.js'
import { sumOfSquares } from './clip-gradients.js'
import { type CommonOptions, commonOptionNames } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { checkFactor } from './options.js'
import { matrixShape, orthogonalCoefficients, orthogonalize } from './orthogonalize.js'
import type { UpdateRule, WeightUpdate } from './rule.js'
import { RuleOptimizer } from './rule-optimizer.js'
import { SplitOptimizer } from './split-optimizer.js'
import type { OptimizedWeight } from './updates.js'
import { checkPatterns, listed, matches, quoted } from './weight-groups.js'

/**
 * The learning rate is 0.02 by default. The options that all optimizers take are about the weights that are
 * orthogonalized: `others` has its own.
 */
export interface MuonOptions extends CommonOptions {
  /** Share of the momentum that is kept, 0 … below 1. Default 0.95. */
  readonly momentum?: number
  /** Looks one step of momentum ahead (Nesterov). Default true. */
  readonly nesterov?: boolean
  /** Steps of the iteration that orthogonalizes: 3 do for a fast recipe. Default 5. */
  readonly newtonSchulzSteps?: number
  /**
   * Brings each weight […, K] to the norm √K before it moves, in place of a decay. For kernels with a normalization
   * behind them, which takes their length out again. Default false.
   */
  readonly normalizeWeights?: boolean
  /**
   * What is orthogonalized: names of kernels and matrices, or patterns as in `groups`. Default: the weights with four
   * axes, which are the kernels of convolutions.
   */
  readonly weights?: string | readonly string[]
  /**
   * What moves all other weights: biases, normalizations, dense layers. It has its own learning rate or schedule; where
   * a callback changes muon's rate, its own changes by the same factor. Default `adam()`.
   */
  readonly others?: Optimizer
}

/**
 * Muon (Jordan et al. 2024): momentum, of which the nearest orthogonal matrix is taken, so that a kernel moves in all its
 * directions alike. A kernel [R, S, C, K] counts as the matrix [R·S·C, K]. m ← momentum·m + g, then
 * w ← w − lr·orthogonal(g + momentum·m), without Nesterov w − lr·orthogonal(m).
 */
export function muon(options: MuonOptions = {}): Optimizer {
  refuseUnknownOptions('muon', options, [...commonOptionNames, ...muonNames])
  const { weights = null, others = adam(), ...own } = options
  if (weights !== null) checkPatterns('muon', weights)
  if (others.name === 'muon')
    throw new OptionError('muon: others must be another optimizer, but muon came.', 'Give sgd or adam.')
  if (others.averages)
    throw new OptionError(
      `muon: others (${others.name}) averages its weights, but only all of them can be averaged.`,
      'Give useEma or lookahead to muon: it covers the weights of others too.',
    )
  const matrices = new RuleOptimizer(muonRule(own), own, { learningRate: 0.02 })
  return averaging(new MuonOptimizer(matrices, others, weights), own)
}

const muonNames = [
  'momentum',
  'nesterov',
  'newtonSchulzSteps',
  'normalizeWeights',
  'weights',
  'others',
] as const satisfies (keyof MuonOptions)[]

/** Division by the norm of a matrix of zeros leaves it as it is. */
const leastNorm = 1e-7

function muonRule(options: MuonOptions): UpdateRule {
  const { momentum = 0.95, nesterov = true, newtonSchulzSteps = 5, normalizeWeights = false } = options
  checkFactor('muon', 'momentum', momentum)
  checkFlag('muon', 'nesterov', nesterov)
  checkWhole('muon', 'newtonSchulzSteps', newtonSchulzSteps, 1)
  checkFlag('muon', 'normalizeWeights', normalizeWeights)
  return {
    name: 'muon',
    options: { momentum, nesterov, newtonSchulzSteps, normalizeWeights },
    slots: ['momentum'],
    record(update) {
      const { value, gradient, shape } = update
      const summed = update.combine(update.slot('momentum'), gradient, 'momentum')
      update.remember('momentum', summed)
      const ahead = nesterov ? update.combine(gradient, summed, 'ahead') : summed
      const matrix = update.apply('reshape', { shape: matrixShape(shape) }, [ahead])
      const direction = orthogonalize(update, ofNorm(update, matrix, 1), newtonSchulzSteps)
      const from = normalizeWeights ? ofNorm(update, value, Math.sqrt(shape.at(-1)!)) : value
      update.moveTo(update.combine(from, update.apply('reshape', { shape }, [direction]), 'step'))
    },
    coefficients: rate => ({
      momentum: [momentum, 1],
      ahead: [1, momentum],
      step: [1, -rate],
      ...orthogonalCoefficients(newtonSchulzSteps),
    }),
  }
}

/** x at another length. */
function ofNorm(update: WeightUpdate, x: WeightUpdate['value'], norm: number) {
  const factor = update.apply('normFactor', { norm, least: leastNorm }, [sumOfSquares(update, x)])
  return update.apply('scaleBy', {}, [x, factor])
}

class MuonOptimizer extends SplitOptimizer {
  constructor(
    matrices: Optimizer,
    others: Optimizer,
    private readonly weights: string | readonly string[] | null,
  ) {
    super(matrices, others, ({ name, shape }) =>
      weights === null ? shape.length === 4 : matches(weights, name),
    )
  }

  override config(): Record<string, unknown> {
    const { others, ...own } = super.config()
    return { ...own, ...(this.weights !== null && { weights: this.weights }), others }
  }

  override check(weights: readonly OptimizedWeight[]): void {
    const trained = weights.filter(({ trainable }) => trainable)
    const matrices = trained.filter(this.isFirsts)
    const what = this.weights === null ? 'a weight with four axes' : quoted(this.weights)
    if (matrices.length === 0)
      throw new OptionError(
        `muon: the network has no trained weight to orthogonalize (${what}).`,
        `Name kernels or matrices with weights, or use another optimizer. ${listed(trained.map(({ name }) => name))}`,
      )
    const vector = matrices.find(({ shape }) => shape.length < 2)
    if (vector)
      throw new OptionError(
        `muon: "${vector.name}" is no matrix that could be orthogonalized, but weights (${what}) names it.`,
        'Name kernels and matrices only: all other weights are moved by others.',
      )
    super.check(weights)
  }
}
