import { markdownTable } from '../report/markdown.js'
import type { Trained } from './training.js'

/** A variant, trained once for each seed. */
export interface Row {
  readonly name: string
  readonly trainings: readonly Trained[]
}

/** The first row is the whole recipe; the others say how far they are from it. */
export function ablationTable(rows: readonly Row[]): string {
  const titles = ['variant', 'accuracy', 'seeds from … to', 'difference', 'averaged', 'difference', 'seconds']
  const cells = rows.map(row => [
    row.name,
    percent(meanAccuracy(row, 'right')),
    range(row),
    row === rows[0] ? '' : difference(rows[0]!, row, 'right'),
    percent(meanAccuracy(row, 'rightAveraged')),
    row === rows[0] ? '' : difference(rows[0]!, row, 'rightAveraged'),
    mean(row.trainings.map(({ seconds }) => seconds)).toFixed(0),
  ])
  return markdownTable(titles, cells, ['left', 'right', 'right', 'right', 'right', 'right', 'right'])
}

type Answers = 'right' | 'rightAveraged'

const meanAccuracy = ({ trainings }: Row, answers: Answers): number =>
  mean(trainings.map(training => mean(training[answers])))

function range({ trainings }: Row): string {
  const accuracies = trainings.map(({ right }) => mean(right))
  return trainings.length === 1
    ? ''
    : `${percent(Math.min(...accuracies))} … ${percent(Math.max(...accuracies))}`
}

/**
 * Mean difference on the same pictures and from the same seeds, with its standard error over the pictures: what two networks
 * find hard together does not count. How far seeds lie apart is not in it; the table has that beside it.
 */
export function difference(whole: Row, other: Row, answers: Answers): string {
  const seeds = whole.trainings.length
  const perPicture = Array.from(whole.trainings[0]![answers], (_, picture) =>
    mean(
      Array.from(
        { length: seeds },
        (_, seed) => other.trainings[seed]![answers][picture]! - whole.trainings[seed]![answers][picture]!,
      ),
    ),
  )
  const average = mean(perPicture)
  const variance = mean(perPicture.map(value => (value - average) ** 2))
  const error = Math.sqrt(variance / (perPicture.length - 1))
  const sign = average < 0 ? '−' : '+'
  return `${sign}${(100 * Math.abs(average)).toFixed(1)} ± ${(100 * error).toFixed(1)}`
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
