import { exp, log } from '../../base/portable-math.js'
import { type Batches, type BatchRun, runBatches } from '../batches.js'
import { logsOf } from '../evaluate.js'
import type { Training } from '../training.js'

/** What the loss was at every rate that was tried. */
export interface Sweep {
  readonly rates: readonly number[]
  /** The loss of the batch before the step with this rate. */
  readonly losses: readonly number[]
  /** The same, smoothed. */
  readonly smoothed: readonly number[]
  /** The rate at which training went wrong: the loss was four times the lowest, or no number any more. Null: it never did. */
  readonly divergedAt: number | null
}

export interface SweepRequest {
  readonly from: number
  readonly to: number
  readonly steps: number
  readonly signal?: AbortSignal
  readonly onStep?: (step: SweepStep) => void
}

export interface SweepStep {
  /** From 1. */
  readonly step: number
  readonly steps: number
  readonly learningRate: number
  /** Smoothed. */
  readonly loss: number
}

/** Share of the mean that stays at each step. */
const smoothing = 0.9
/** A loss so many times the lowest is a training that went wrong. */
const wrong = 4

/** `steps` rates from one to the other, each by the same factor larger than the one before. */
export function ratesBetween(from: number, to: number, steps: number): number[] {
  const [start, way] = [log(from), log(to) - log(from)]
  return Array.from({ length: steps }, (_, i) => exp(start + (way * i) / (steps - 1)))
}

/** Trains with ever larger rates until the last, or until training goes wrong (Smith 2015, arXiv 1506.01186). */
export async function sweep(training: Training, request: SweepRequest): Promise<Sweep> {
  const rates = ratesBetween(request.from, request.to, request.steps)
  const curve = new SmoothedCurve()
  for await (const run of batchAfterBatch(training, rates)) {
    if (request.signal?.aborted) throw request.signal.reason
    const { rows, penalty } = logsOf(run)
    const rate = rates[curve.losses.length]!
    if (!curve.add(meanOf(rows.loss!) + penalty)) return curve.until(rates, rate)
    request.onStep?.({
      step: curve.losses.length,
      steps: rates.length,
      learningRate: rate,
      loss: curve.smoothed.at(-1)!,
    })
  }
  return curve.until(rates, null)
}

/** One training step for each rate; the data is gone through as often as that takes. */
async function* batchAfterBatch(
  training: Training,
  rates: readonly number[],
): AsyncGenerator<BatchRun, void> {
  const { session, optimizer, trainStep } = training
  let tried = 0
  const beside = () => {
    optimizer.learningRate = rates[tried++]!
    return training.besideAsItIs()
  }
  while (tried < rates.length) {
    const batches = wholeBatches(training, rates.length - tried)
    for await (const run of runBatches(session, trainStep, batches, { beside })) {
      training.advance()
      yield run
    }
    training.finishEpoch()
  }
}

/** Batches of a pass that are as large as can be: a smaller one at its end would only be noise. */
function wholeBatches(training: Training, most: number): Batches {
  const batches = training.batches()
  const whole = Math.floor(batches.rows / training.plan.batchSize)
  return { ...batches, count: Math.min(Math.max(1, whole), most) }
}

const meanOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Losses and their running mean, which begins at the first loss. */
class SmoothedCurve {
  readonly losses: number[] = []
  readonly smoothed: number[] = []
  private mean = 0
  private weight = 0
  private lowest = Number.POSITIVE_INFINITY

  /** Takes a loss in; false where training has gone wrong. */
  add(loss: number): boolean {
    if (!Number.isFinite(loss)) return false
    this.mean = smoothing * this.mean + (1 - smoothing) * loss
    this.weight = smoothing * this.weight + (1 - smoothing)
    const smooth = this.mean / this.weight
    this.losses.push(loss)
    this.smoothed.push(smooth)
    this.lowest = Math.min(this.lowest, smooth)
    return smooth <= wrong * this.lowest
  }

  until(rates: readonly number[], divergedAt: number | null): Sweep {
    const { losses, smoothed } = this
    return { rates: rates.slice(0, losses.length), losses, smoothed, divergedAt }
  }
}
