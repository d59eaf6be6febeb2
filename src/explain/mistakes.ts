import { OptionError, ShapeError } from '../base/errors.js'
import { type Share, shareOf } from '../base/shares.js'

/** Above this share of all answers, one class stands for a network that has not learned to tell them apart. */
const collapseShare = 0.6

/** What a network said of labelled pictures: `evaluateDetailed` gives it, and `history.validation` for every epoch. */
export interface Answers {
  /** `[N]`, the class each picture shows, from 0. */
  readonly labels: ArrayLike<number>
  /** `[N]`, the class each was taken for. */
  readonly predicted: ArrayLike<number>
  /** `[N]`, the loss of each. */
  readonly rowLoss: ArrayLike<number>
  readonly classNames: readonly string[]
  /** Rows with the highest loss to name. Default 12. */
  readonly top?: number
}

/** How one class fared. */
export interface ClassResult {
  readonly className: string
  /** Pictures that show this class. */
  readonly pictures: number
  /** Those of them that were recognised. */
  readonly right: number
  /** Pictures that were taken for this class. */
  readonly predicted: number
  /** Of the pictures that show it, those that were recognised. */
  readonly recall: Share
  /** Of the pictures that were taken for it, those that show it. */
  readonly precision: Share
}

/** Two classes that are taken for each other. */
export interface ConfusedPair {
  /** The two names; what was taken for the other more often stands first. */
  readonly classNames: readonly [string, string]
  /** Pictures of the first that were taken for the second. */
  readonly there: number
  /** Pictures of the second that were taken for the first. */
  readonly back: number
}

/** One picture, and what became of it. */
export interface RowResult {
  readonly row: number
  readonly label: number
  readonly predicted: number
  readonly loss: number
}

export interface Mistakes {
  readonly classNames: readonly string[]
  readonly pictures: number
  readonly right: number
  readonly accuracy: Share
  /** The confusion matrix, `[C, C]`: row = the class shown, column = the class it was taken for. */
  readonly counts: readonly (readonly number[])[]
  readonly classes: readonly ClassResult[]
  /** Those that happened, the most frequent first. */
  readonly pairs: readonly ConfusedPair[]
  /** The pictures with the highest loss, the highest first. */
  readonly worst: readonly RowResult[]
  /** The answer that was given most often. `collapsed`: more than 60 % of all answers are this one. */
  readonly commonest: { readonly className: string; readonly share: number; readonly collapsed: boolean }
}

/**
 * Counts what a network gets wrong.
 *
 * @throws ShapeError when the lists are of different lengths or empty, OptionError for a class without a name
 */
export function mistakes({ labels, predicted, rowLoss, classNames, top = 12 }: Answers): Mistakes {
  checkLengths(labels.length, predicted.length, rowLoss.length)
  const counts = countConfusions(labels, predicted, classNames)
  const classes = classNames.map((_, label) => resultOf(label, counts, classNames))
  const right = sum(classes.map(result => result.right))
  return {
    classNames,
    pictures: labels.length,
    right,
    accuracy: shareOf(right, labels.length),
    counts,
    classes,
    pairs: confusedPairs(counts, classNames),
    worst: highestLosses(rowLoss, top).map(row => ({
      row,
      label: labels[row]!,
      predicted: predicted[row]!,
      loss: rowLoss[row]!,
    })),
    commonest: commonestAnswer(classes, labels.length),
  }
}

function checkLengths(labels: number, predicted: number, rowLoss: number): void {
  if (labels !== predicted || labels !== rowLoss)
    throw new ShapeError(
      `mistakes: labels, predicted and rowLoss must have one number a picture each, but ${labels}, ${predicted} and ${rowLoss} came.`,
      'Give what evaluateDetailed returned for these labels.',
    )
  if (labels === 0) throw new ShapeError('mistakes: there are no pictures to count.', 'Give at least one.')
}

function countConfusions(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  { length }: readonly string[],
): number[][] {
  const counts = Array.from({ length }, () => new Array<number>(length).fill(0))
  for (let row = 0; row < labels.length; row++) {
    const [shown, taken] = [labels[row]!, predicted[row]!]
    if (counts[shown]?.[taken] === undefined)
      throw new OptionError(
        `mistakes: row ${row} shows class ${shown} and was taken for class ${taken}, but there are names for 0 … ${length - 1}.`,
        'Give a name for every class.',
      )
    counts[shown]![taken]!++
  }
  return counts
}

function resultOf(
  label: number,
  counts: readonly (readonly number[])[],
  classNames: readonly string[],
): ClassResult {
  const pictures = sum(counts[label]!)
  const predicted = sum(counts.map(row => row[label]!))
  const right = counts[label]![label]!
  return {
    className: classNames[label]!,
    pictures,
    right,
    predicted,
    recall: shareOf(right, pictures),
    precision: shareOf(right, predicted),
  }
}

function confusedPairs(
  counts: readonly (readonly number[])[],
  classNames: readonly string[],
): ConfusedPair[] {
  return classNames
    .flatMap((_, one) => classNames.slice(0, one).map((_, other) => pairOf(other, one, counts, classNames)))
    .filter(({ there }) => there > 0)
    .sort((a, b) => b.there + b.back - (a.there + a.back) || b.there - a.there)
}

function pairOf(
  one: number,
  other: number,
  counts: readonly (readonly number[])[],
  classNames: readonly string[],
): ConfusedPair {
  const [there, back] = [counts[one]![other]!, counts[other]![one]!]
  return there >= back
    ? { classNames: [classNames[one]!, classNames[other]!], there, back }
    : { classNames: [classNames[other]!, classNames[one]!], there: back, back: there }
}

/** Rows in the order of their loss, the highest first; of equals the first. */
const highestLosses = (rowLoss: ArrayLike<number>, top: number): number[] =>
  Array.from({ length: rowLoss.length }, (_, row) => row)
    .sort((a, b) => rowLoss[b]! - rowLoss[a]! || a - b)
    .slice(0, top)

function commonestAnswer(classes: readonly ClassResult[], pictures: number): Mistakes['commonest'] {
  const first = classes.reduce((most, result) => (result.predicted > most.predicted ? result : most))
  const share = first.predicted / pictures
  return { className: first.className, share, collapsed: share > collapseShare }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
