import { type Share, shareOf } from '../../base/shares.js'

/** Where "not sure" begins, and what that comes to on the pictures it was chosen with. */
export interface SureAnswers {
  /** See `threshold` of Calibration. */
  readonly threshold: number
  /** Share of all pictures whose answer is above it. */
  readonly answered: number
  /** Share of these answers that is right; null where there are none. */
  readonly accuracyAnswered: Share | null
}

/** No threshold lies below: an answer of less than one half is less probable than all others together. */
const leastThreshold = 0.5

/** Of two classes the likelier one has half anyway: there an answer must be three times as probable as the other. */
const timesGuessing = 1.5

export const thresholdFloor = (classes: number): number => Math.max(leastThreshold, timesGuessing / classes)

/**
 * The lowest threshold above which answers are right `reliability` of the time, less a standard error.
 *
 * @param confidences [N], of the answers
 * @param isRight whether the answer of a row is right
 */
export function sureAnswers(
  confidences: ArrayLike<number>,
  isRight: (row: number) => boolean,
  { reliability, floor }: { readonly reliability: number; readonly floor: number },
): SureAnswers {
  // In float32, as scaleProbabilities gives them: what is compared there must be what was counted here.
  const answers = Array.from(confidences, (confidence, row) => ({
    confidence: Math.fround(confidence),
    right: isRight(row),
  }))
  const surest = answers
    .filter(({ confidence }) => confidence > floor)
    .sort((a, b) => b.confidence - a.confidence)
  let threshold = 1
  let right = 0
  surest.forEach((answer, i) => {
    if (answer.right) right++
    const next = surest[i + 1]?.confidence ?? floor
    if (next < answer.confidence && lowerBound(right, i + 1) >= reliability) threshold = next
  })
  const above = answers.filter(({ confidence }) => confidence > threshold)
  return {
    threshold,
    answered: above.length / answers.length,
    accuracyAnswered:
      above.length === 0 ? null : shareOf(above.filter(answer => answer.right).length, above.length),
  }
}

/**
 * A share that was counted, less one standard error of Wilson's score interval (1927), which unlike p - √(p·(1-p)/n) knows that
 * five right answers of five prove little: n of n come to n / (n + 1).
 */
function lowerBound(part: number, count: number): number {
  const share = part / count
  const spread = Math.sqrt((share * (1 - share)) / count + 1 / (4 * count * count))
  return (share + 1 / (2 * count) - spread) / (1 + 1 / count)
}
