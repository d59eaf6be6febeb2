import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import type { Curves, DiagnoseOptions, Facts } from './input.js'
import { defaultPatience } from './thresholds.js'

const optionNames: readonly (keyof DiagnoseOptions)[] = [
  'classes',
  'classNames',
  'trainRows',
  'validationRows',
  'labels',
  'costs',
  'sharedRows',
  'learningRate',
  'diverged',
  'patience',
]

/** @throws OptionError for an option that nobody knows, or a patience that is no whole number */
export function readFacts(curves: Curves, options: DiagnoseOptions): Facts {
  refuseUnknownOptions('diagnose', options, optionNames)
  const { patience = defaultPatience } = options
  if (!Number.isInteger(patience) || patience < 0)
    throw new OptionError(
      `diagnose: patience should be a whole number of epochs, but is ${patience}.`,
      `Leave it out for ${defaultPatience}.`,
    )
  const classes = options.classes ?? options.classNames?.length
  return {
    ...options,
    ...fromHistory(curves, options),
    ...readCurves(curves),
    rateCameDown: cameDown(curves.history.learning_rate),
    ...(classes !== undefined && { classes }),
    patience,
  }
}

/** What the history itself says, unless the caller says otherwise. */
function fromHistory(
  { validation, diverged, history }: Curves,
  options: DiagnoseOptions,
): Pick<DiagnoseOptions, 'validationRows' | 'diverged' | 'learningRate'> {
  const validationRows = options.validationRows ?? validation?.find(rows => rows)?.loss.length
  const end = options.diverged ?? diverged
  const learningRate = options.learningRate ?? highest(history.learning_rate)
  return {
    ...(learningRate !== undefined && { learningRate }),
    ...(validationRows !== undefined && { validationRows }),
    ...(typeof end === 'string' && { diverged: end }),
  }
}

type Rates = Curves['history'][string] | undefined

const knownRates = (rates: Rates): number[] =>
  (rates ?? []).filter(rate => typeof rate === 'number' && Number.isFinite(rate)) as number[]

/** Of a rate that changes, the highest is the one that advice should go by. */
const highest = (rates: Rates): number | undefined => {
  const known = knownRates(rates)
  return known.length > 0 ? Math.max(...known) : undefined
}

function cameDown(rates: Rates): boolean {
  const known = knownRates(rates)
  return known.length > 0 && known.at(-1)! < Math.max(...known) / 2
}

function readCurves({ epoch, history, validation = [] }: Curves) {
  const curve = (name: string) => {
    const values = history[name]
    return values ? epoch.map((_, i) => values[i] ?? Number.NaN) : []
  }
  const measuredAlike = 'train_eval_loss' in history
  const trained = measuredAlike ? 'train_eval_' : ''
  return {
    epochs: epoch,
    measuredAlike,
    trainLoss: curve(`${trained}loss`),
    trainAccuracy: curve(`${trained}accuracy`),
    valLoss: curve('val_loss'),
    valAccuracy: curve('val_accuracy'),
    rows: epoch.map((_, i) => validation[i]),
  }
}
