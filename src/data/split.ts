import { OptionError } from '../base/errors.js'
import { formatCount } from '../base/format.js'
import type { Tensor } from '../base/tensor.js'
import { classOfRows } from './labels.js'

/**
 * Where the validation part begins: rows `[0, at)` train, rows `[at, rows)` validate. Keras' rule: the last rows of
 * the arrays as given, before any shuffle; `floor(rows * (1 - validationSplit))` in float64.
 */
export function validationStart(rows: number, validationSplit: number): number {
  if (!(typeof validationSplit === 'number' && validationSplit > 0 && validationSplit < 1))
    throw new OptionError(
      `validationSplit must lie between 0 and 1, but is ${typeof validationSplit === 'string' ? JSON.stringify(validationSplit) : validationSplit}.`,
      'Use 0.1 to validate on the last tenth of the rows.',
    )
  const at = Math.floor(rows * (1 - validationSplit))
  if (at === 0 || at === rows)
    throw new OptionError(
      `validationSplit ${validationSplit} of ${rows} rows leaves no row for ${at === 0 ? 'training' : 'validation'}.`,
      'Choose another share, 0 for none, give more rows, or set validationData.',
    )
  return at
}

/**
 * Standard normal quantile of one in a million: shuffled rows give a false alarm that rarely.
 */
const oneInAMillion = 4.75

/** A class expected this often and not found once has a chance below e⁻¹⁴, about one in a million. */
const surelyExpected = 14

/** Cochran's rule: classes expected more rarely say nothing in a chi-square test. */
const testable = 5

/**
 * Keras' rule takes the last rows, which is no sample where the rows are sorted by class. A sentence for people when
 * the validation part holds other classes than the rest: a class that training never sees, a class that is missing
 * though at least 14 of it were to be expected, or class counts whose chi-square is beyond what one in a million
 * shuffled splits gives. Null when all is well, or when `labels` are not classes.
 *
 * @param labels `[N]`, `[N, 1]` class numbers or `[N, C]` one-hot
 * @param at first row of the validation part, from {@link validationStart}
 */
export function splitWarning(labels: Tensor, at: number, classNames?: readonly string[]): string | null {
  const classes = classOfRows(labels)
  if (!classes) return null
  const parts = countParts(classes, at)
  const { oddest } = compareClasses(parts.train, parts.validation)
  if (oddest === null) return null
  const share = (counts: readonly number[], total: number) =>
    `${((100 * counts[oddest]!) / total).toFixed(1)} %`
  const name = classNames?.[oddest] ?? `class ${oddest}`
  return (
    `The validation part (the last ${formatCount(classes.length - at)} of ${formatCount(classes.length)} rows) holds other ` +
    `classes than the rest: ${share(parts.validation, classes.length - at)} of it is ${name}, ` +
    `against ${share(parts.train, at)} of the rest. ` +
    'Shuffle the rows before fit, or give validationData.'
  )
}

interface Parts {
  readonly train: readonly number[]
  readonly validation: readonly number[]
}

function countParts(classes: Uint32Array, at: number): Parts {
  const known = classes.reduce((most, value) => Math.max(most, value + 1), 0)
  return {
    train: countClasses(classes.subarray(0, at), known),
    validation: countClasses(classes.subarray(at), known),
  }
}

/** How often each class 0 … `known`-1 occurs. */
export function countClasses(classes: ArrayLike<number>, known: number): number[] {
  const counts = new Array<number>(known).fill(0)
  for (let row = 0; row < classes.length; row++) counts[classes[row]!]!++
  return counts
}

/** How the classes of two parts differ. */
export interface ClassComparison {
  /** The class whose share differs most, where the parts differ beyond chance (one in a million); else null. */
  readonly oddest: number | null
  /** Over the classes that are common enough for the test. */
  readonly chiSquare: number
}

/**
 * Whether two parts of one set may be samples of the same: see `splitWarning`.
 *
 * @param train how often each class occurs, from {@link countClasses}
 * @param validation the same of the other part, equally long
 */
export function compareClasses(train: readonly number[], validation: readonly number[]): ClassComparison {
  const trainTotal = sum(train)
  const total = sum(validation)
  const share = total / (trainTotal + total)
  // How many of each class the validation part would hold if it were a fair sample.
  const expected = train.map((n, label) => (n + validation[label]!) * share)
  const terms = expected.map((n, label) =>
    n < testable ? 0 : (validation[label]! - n) ** 2 * (1 / n + 1 / ((n * trainTotal) / total)),
  )
  const chiSquare = sum(terms)
  const unseen = train.findIndex((n, label) => n === 0 && validation[label]! > 0)
  if (unseen >= 0) return { oddest: unseen, chiSquare }
  const missing = expected.findIndex((n, label) => n >= surelyExpected && validation[label] === 0)
  if (missing >= 0) return { oddest: missing, chiSquare }
  const freedom = expected.filter(n => n >= testable).length - 1
  const differ = freedom > 0 && chiSquare > chiSquareLimit(freedom)
  return { oddest: differ ? terms.indexOf(Math.max(...terms)) : null, chiSquare }
}

/** Wilson and Hilferty's approximation (1931) of the chi-square quantile at one in a million. */
function chiSquareLimit(freedom: number): number {
  const spread = 2 / (9 * freedom)
  return freedom * (1 - spread + oneInAMillion * Math.sqrt(spread)) ** 3
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
