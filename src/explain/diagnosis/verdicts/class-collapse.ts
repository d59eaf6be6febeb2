import { formatPercent } from '../../../base/format.js'
import { collapseFactor, collapseShare } from '../thresholds.js'
import { type Check, type Evidence, nameOfClass } from '../verdict.js'

/** Nearly everything is taken for one class, though it is not that common. */
export const classCollapse: Check = evidence => {
  const { rows, labels, classes } = evidence
  const answers = rows.findLast(row => row !== undefined)?.predicted ?? []
  const [answer, share] = mostCommon(answers)
  const there =
    labels && labels.validation.length > 0 ? shareOf(labels.validation, answer) : 1 / (classes ?? Number.NaN)
  if (!(share > Math.max(collapseShare, collapseFactor * there))) return null
  return {
    name: 'class-collapse',
    test: 'more than 60 % of the answers are one class, and half as much again as there is of it',
    numbers: { class: answer, share, there },
    saw: `${formatPercent(share)} of the validation pictures are taken for ${nameOfClass(evidence, answer)}, of which there are ${formatPercent(there)}`,
    ...why(evidence),
  }
}

const why = ({ labels }: Evidence) => ({
  cause: 'one class has far more training pictures than the others, or the learning rate is too high',
  advice: labels
    ? 'give every class about as many pictures, and try a tenth of the learning rate'
    : 'count the training pictures of every class, and try a tenth of the learning rate',
})

function mostCommon(values: ArrayLike<number>): [value: number, share: number] {
  const counts = new Map<number, number>()
  for (let i = 0; i < values.length; i++) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1)
  const [value, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [-1, 0])
  return [value, values.length === 0 ? 0 : count / values.length]
}

const shareOf = (labels: ArrayLike<number>, wanted: number): number =>
  Array.from(labels).filter(label => label === wanted).length / labels.length
