import type { Tensor } from '../base/tensor.js'

/** A class and how likely it is. */
export interface Answer {
  readonly className: string
  /** Calibrated, where the model is. */
  readonly probability: number
}

/** What a classifier says of one picture. */
export interface Prediction {
  /** Every class, the likeliest first; of equals the one that comes first in the network. */
  readonly answers: readonly Answer[]
  /** Whether the first answer can be relied on; null where the model was not calibrated. */
  readonly sure: boolean | null
}

/**
 * One prediction for each row.
 *
 * @param probabilities [N, C]
 * @param threshold a first answer above it is sure; null: nobody knows
 */
export function predictionsOf(
  probabilities: Tensor<Float32Array>,
  classNames: readonly string[],
  threshold: number | null,
): Prediction[] {
  const classes = classNames.length
  return Array.from({ length: probabilities.rows }, (_, row) => {
    const shares = probabilities.data.subarray(row * classes, (row + 1) * classes)
    const answers = answersOf(shares, classNames)
    return { answers, sure: threshold === null ? null : answers[0]!.probability > threshold }
  })
}

/** Every class with its probability, the likeliest first. */
export const answersOf = (probabilities: Float32Array, classNames: readonly string[]): Answer[] =>
  Array.from(probabilities, (probability, label) => ({ className: classNames[label]!, probability })).sort(
    (a, b) => b.probability - a.probability,
  )
