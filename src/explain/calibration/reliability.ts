import { log } from '../../base/portable-math.js'
import { type ProbabilityRows, sumOfRow } from './probability-rows.js'

/** Answers whose probability lies in (from, to]. */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly pictures: number
  /** Mean probability of these answers; null where there are none. */
  readonly confidence: number | null
  /** The share of them that is right; null where there are none. */
  readonly accuracy: number | null
}

/** How well the probabilities of a network's answers agree with how often they are right. */
export interface Reliability {
  /** Mean negative logarithm of the probability of the right class. */
  readonly loss: number
  /** Mean over pictures of |confidence - accuracy| of their bin, 0 … 1: 0.05 is off by 5 in a hundred. */
  readonly expectedCalibrationError: number
  readonly accuracy: number
  /** Mean probability of all answers: above `accuracy` the network claims too much. */
  readonly confidence: number
  readonly bins: readonly ReliabilityBin[]
}

/** As many as in the paper. */
export const binCount = 15

/** The probability of each row's answer, [N]. */
export const confidencesOf = (given: ProbabilityRows, temperature: number): Float64Array =>
  Float64Array.from({ length: given.rows }, (_, row) => 1 / sumOfRow(given, row, 1 / temperature))

/** @param labels [N], within the classes */
export function reliabilityOf(
  given: ProbabilityRows,
  labels: ArrayLike<number>,
  temperature: number,
): Reliability {
  const { rows, classes, gaps, predicted } = given
  const sums = Array.from({ length: binCount }, () => ({ pictures: 0, confidence: 0, right: 0 }))
  let loss = 0
  confidencesOf(given, temperature).forEach((confidence, row) => {
    loss -= log(confidence) + gaps[row * classes + labels[row]!]! / temperature
    const bin = sums[Math.max(0, Math.ceil(confidence * binCount) - 1)]!
    bin.pictures++
    bin.confidence += confidence
    if (predicted[row] === labels[row]) bin.right++
  })
  const mean = (total: (bin: (typeof sums)[number]) => number) =>
    sums.reduce((sum, bin) => sum + total(bin), 0) / rows
  return {
    loss: loss / rows,
    expectedCalibrationError: mean(({ confidence, right }) => Math.abs(confidence - right)),
    accuracy: mean(({ right }) => right),
    confidence: mean(({ confidence }) => confidence),
    bins: sums.map(({ pictures, confidence, right }, i) => ({
      from: i / binCount,
      to: (i + 1) / binCount,
      pictures,
      confidence: pictures === 0 ? null : confidence / pictures,
      accuracy: pictures === 0 ? null : right / pictures,
    })),
  }
}
