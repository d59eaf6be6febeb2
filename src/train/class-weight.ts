import { OptionError } from '../base/errors.js'
import { sizeOf } from '../base/shape.js'
import type { Tensor } from '../base/tensor.js'
import { classOfRows } from '../data/labels.js'
import { countClasses } from '../data/split.js'
import type { Network } from '../nn/network.js'
import { show } from '../nn/options/resolve.js'
import type { Compiled } from './compile.js'

/** One weight a class, in class order, or the rule they follow from. */
export type ClassWeight = readonly number[] | 'balanced'

/**
 * Reads `classWeight` of `fit`; null where there is none. `balanced` is settled here, so that a checkpoint holds numbers.
 *
 * @param y labels of the training part alone
 */
export function planClassWeight(
  given: ClassWeight | undefined,
  network: Network,
  { loss }: Compiled,
  y: Tensor,
): readonly number[] | null {
  if (given === undefined) return null
  const classes = sizeOf(network.outputShape)
  if (loss.name === 'meanSquaredError' || classes < 2 || network.outputShape.length !== 1)
    throw new OptionError(
      `fit: classWeight weighs classes, but the loss ${loss.name} of ${classes === 1 ? 'one value' : `${classes} values`} a row has none.`,
      'Give the last layer one unit a class and use categoricalCrossentropy, or leave classWeight out.',
    )
  const labels = classOfRows(y)
  if (!labels)
    throw new OptionError(
      'fit: classWeight needs y to say one class a row, but some rows are shares of several.',
      'Give class numbers or one-hot rows. To mix classes, use augment: [augment.mixup()].',
    )
  if (given === 'balanced') return balancedWeights(labels, classes)
  checkWeights(given, classes)
  return [...given]
}

/**
 * N / (C · n) for a class of n rows, where C counts the classes that there are: the mean over all rows is 1 then. A class
 * without rows gets 0, which no row ever meets. Source: scikit-learn's compute_class_weight, after King and Zeng 2001,
 * "Logistic Regression in Rare Events Data".
 */
function balancedWeights(labels: ArrayLike<number>, classes: number): number[] {
  const counts = countClasses(labels, classes)
  const present = counts.filter(count => count > 0).length
  return counts.map(count => (count === 0 ? 0 : labels.length / (present * count)))
}

function checkWeights(given: unknown, classes: number): void {
  if (!Array.isArray(given))
    throw new OptionError(
      `fit: classWeight must be a list of numbers or "balanced", but ${show(given)} came.`,
      "For example classWeight: [1, 4], or classWeight: 'balanced'.",
    )
  if (given.length !== classes)
    throw new OptionError(
      `fit: classWeight must have one number for each of ${classes} classes, but ${given.length} came.`,
      'List them in class order.',
    )
  given.forEach((weight, label) => {
    if (!(typeof weight === 'number' && Number.isFinite(weight) && weight >= 0))
      throw new OptionError(
        `fit: classWeight[${label}] must be a finite number of at least 0, but ${show(weight)} came.`,
        'A weight of 1 changes nothing, 0 leaves the class out.',
      )
  })
  if (given.every(weight => weight === 0))
    throw new OptionError('fit: every classWeight is 0, so nothing would be learned.', 'Raise one of them.')
}
