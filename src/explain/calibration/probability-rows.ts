import { OptionError, ShapeError } from '../../base/errors.js'
import { exp, log } from '../../base/portable-math.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import type { Tensor } from '../../base/tensor.js'
import { largestOfRows } from '../../train/evaluate.js'

/**
 * The smallest number above 0 that float32 has. A probability that is 0 in float32 was only too small for it: taken as this it
 * keeps its order below all others, where log 0 would make every loss infinite and every temperature as good as any other.
 */
const smallest = 2 ** -149

/** Rounded to three digits, ten probabilities still sum to 1 this closely; sigmoids do not. */
const sumTolerance = 0.005

/** Rows of probabilities in the form that a temperature works on. */
export interface ProbabilityRows {
  readonly rows: number
  readonly classes: number
  /** log p - log of the row's highest p, [N, C]: at most 0. Up to a constant a row, these are the logits. */
  readonly gaps: Float64Array
  /** The class of the highest probability of each row, the lowest of equals. */
  readonly predicted: Int32Array
}

/**
 * @param who begins the messages
 * @param probabilities [N, C]
 * @throws ShapeError for another shape or no rows, OptionError for rows that are no probabilities
 */
export function probabilityRows(who: string, { data, shape }: Tensor<Float32Array>): ProbabilityRows {
  const [rows = 0, classes = 0] = shape
  if (shape.length !== 2 || rows < 1 || classes < 2)
    throw new ShapeError(
      `${who}: probabilities must be [N, C], at least one row of at least two classes, but are ${formatShape(shape)}.`,
      'Give what model.predict says of a classifier with a softmax.',
    )
  const gaps = new Float64Array(sizeOf(shape))
  const predicted = largestOfRows(data, rows)
  for (let row = 0; row < rows; row++) {
    const from = row * classes
    const best = predicted[row]!
    checkRow(who, row, data.subarray(from, from + classes))
    const highest = log(data[from + best]!)
    for (let c = 0; c < classes; c++)
      gaps[from + c] = c === best ? 0 : log(Math.max(smallest, data[from + c]!)) - highest
  }
  return { rows, classes, gaps, predicted }
}

function checkRow(who: string, row: number, shares: ArrayLike<number>): void {
  let sum = 0
  for (let c = 0; c < shares.length; c++) {
    const share = shares[c]!
    if (!(share >= 0))
      throw new OptionError(
        `${who}: row ${row} has the probability ${share} for class ${c}.`,
        'Probabilities are numbers of 0 to 1. Give what the softmax makes, not the logits before it.',
      )
    sum += share
  }
  if (!(Math.abs(sum - 1) <= sumTolerance))
    throw new OptionError(
      `${who}: the probabilities of row ${row} sum to ${Number(sum.toPrecision(4))}, not to 1.`,
      'Give what a softmax makes: a temperature scales what the classes of a row share.',
    )
}

/** Σ e^(gap · sharpness) over row `row`: one through the calibrated probability of its answer. */
export function sumOfRow({ gaps, classes }: ProbabilityRows, row: number, sharpness: number): number {
  let sum = 0
  for (let at = row * classes; at < (row + 1) * classes; at++) sum += exp(sharpness * gaps[at]!)
  return sum
}
