import { formatPercent } from '../../../base/format.js'
import { standardError } from '../../../base/shares.js'
import { compareClasses, countClasses } from '../../../data/split.js'
import { aboveGuessing, belowGuessing, mismatchFactor, significantZ } from '../thresholds.js'
import { type Check, type Evidence, nameOfClass, type Verdict } from '../verdict.js'
import { say } from '../words.js'

/** The validation part is no sample of what is trained on. The surest sign is looked for first. */
export const validationMismatch: Check = evidence =>
  otherClasses(evidence) ?? worseThanGuessing(evidence) ?? farAboveFromTheStart(evidence)

const split = {
  name: 'validation-mismatch',
  cause: 'the rows are sorted by class, and the last of them were taken for validation',
  advice: 'shuffle the rows before fit, or give validationData',
} as const

function otherClasses(evidence: Evidence): Verdict | null {
  const { labels } = evidence
  if (!labels || labels.train.length === 0 || labels.validation.length === 0) return null
  const known = 1 + Math.max(highest(labels.train), highest(labels.validation))
  const [train, validation] = [labels.train, labels.validation].map(part => countClasses(part, known))
  const { oddest, chiSquare } = compareClasses(train!, validation!)
  if (oddest === null) return null
  const trainShare = train![oddest]! / labels.train.length
  const validationShare = validation![oddest]! / labels.validation.length
  return {
    ...split,
    test: 'class counts of both parts by chi-square, at one in a million',
    numbers: { chiSquare, class: oddest, trainShare, validationShare },
    saw:
      `The validation part holds other classes than the training part: ${formatPercent(validationShare)} of it is ` +
      `${nameOfClass(evidence, oddest)}, against ${formatPercent(trainShare)} of the training part`,
  }
}

const highest = (labels: ArrayLike<number>): number => {
  let most = 0
  for (let i = 0; i < labels.length; i++) most = Math.max(most, labels[i]!)
  return most
}

/** Validation accuracy near 0 while training goes well: the classes of the validation part were never shown. */
function worseThanGuessing(evidence: Evidence): Verdict | null {
  const { classes, validationRows } = evidence
  const train = evidence.trainAccuracy.at(-1) ?? Number.NaN
  const validation = evidence.valAccuracy.at(-1) ?? Number.NaN
  if (classes === undefined) return null
  const guessing = 1 / classes
  if (!(validation < belowGuessing * guessing && train > aboveGuessing * guessing)) return null
  const error = standardError(guessing, validationRows ?? Number.POSITIVE_INFINITY)
  if (guessing - validation <= significantZ * error) return null
  return {
    ...split,
    test: 'validation accuracy below half, training accuracy above twice that of guessing',
    numbers: { guessing, train, validation },
    saw:
      `The validation accuracy is ${formatPercent(validation)}, below the ${formatPercent(guessing)} of guessing, while the ` +
      `training accuracy is ${formatPercent(train)}`,
  }
}

function farAboveFromTheStart({ trainLoss, valLoss, epochs }: Evidence): Verdict | null {
  const far = valLoss.length > 0 && epochs.every((_, i) => valLoss[i]! > mismatchFactor * trainLoss[i]!)
  if (!far) return null
  const [train, validation] = [trainLoss[0]!, valLoss[0]!]
  return {
    name: 'validation-mismatch',
    test: 'validation loss above twice the training loss in every epoch from the first',
    numbers: { train, validation },
    saw:
      `The validation loss is more than twice the training loss from the first epoch on (${say(validation)} against ` +
      `${say(train)}), too early to be memorised`,
    cause: 'the validation pictures are of another kind, differently scaled, or sorted by class',
    advice: 'look at some pictures of both parts, and shuffle the rows before fit',
  }
}
