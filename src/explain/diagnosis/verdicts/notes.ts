import { formatPercent } from '../../../base/format.js'
import { coarseError, marginErrors, relativeMargin } from '../thresholds.js'
import type { Check } from '../verdict.js'
import { percentWithError, say } from '../words.js'

/** The validation loss lies below the training loss, by more than chance: mostly how the two are measured. */
export const validationBetter: Check = ({ trainLoss, valLoss, errors, measuredAlike }) => {
  const [train, validation] = [trainLoss.at(-1) ?? Number.NaN, valLoss.at(-1) ?? Number.NaN]
  const error = errors.valLoss.at(-1) ?? 0
  if (!(train - validation > Math.max(relativeMargin * validation, marginErrors * error))) return null
  return {
    name: 'validation-better',
    test: 'validation loss below training loss at the end, by 1 % and two standard errors',
    numbers: { train, validation },
    saw: `The validation loss (${say(validation)}) is below the training loss (${say(train)})`,
    ...(measuredAlike ? easier : measuredOtherwise),
  }
}

/** Training rows were measured like the validation part, so it is the pictures. */
const easier = {
  cause: 'the validation pictures are easier, or some of them are among the training pictures',
  advice: 'look for pictures that both parts have',
}

const measuredOtherwise = {
  cause:
    'the training loss is a mean over the epoch, with dropout and other regularisation at work and with weights that ' +
    'were worse at its beginning',
  advice: 'nothing has to be done; train with trainEvaluation (--train-eval) to measure both alike',
}

/** Accuracies of so few pictures cannot be told apart. */
export const littleValidation: Check = ({ valAccuracy, errors }) => {
  const place = valAccuracy.findLastIndex(Number.isFinite)
  const error = errors.valAccuracy[place] ?? Number.NaN
  if (!(error > coarseError)) return null
  const accuracy = valAccuracy[place]!
  const rows = Math.round((accuracy * (1 - accuracy)) / error ** 2)
  const enough = Math.ceil((accuracy * (1 - accuracy)) / coarseError ** 2)
  return {
    name: 'little-validation',
    test: 'standard error of the validation accuracy above one percentage point',
    numbers: { accuracy, error, rows, enough },
    saw:
      `The validation accuracy is only known as ${percentWithError(accuracy, error)}: differences below ` +
      `${formatPercent(2 * error)} are chance`,
    cause: `the validation part has only ${rows} pictures`,
    advice: `give it ${enough.toLocaleString('en-US')} for a standard error of one percentage point`,
  }
}
