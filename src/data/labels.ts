import { ShapeError } from '../base/errors.js'
import { formatShape, sizeOf } from '../base/shape.js'
import type { Tensor } from '../base/tensor.js'

/**
 * Whether the labels are whole numbers that name a class, one a row (`[N]` or `[N, 1]`), rather than rows of values.
 * With a single output (`classes` 1) a column holds values.
 */
export const areClassNumbers = (y: Tensor, classes: number): boolean =>
  classes > 1 && sizeOf(y.shape.slice(1)) === 1

/**
 * The labels of the given rows as a loss wants them: one-hot `[rows.length, classes]` for class numbers,
 * else the rows of `y` as they are.
 *
 * @param into where to write; new memory when left out. It may be longer than what is written.
 */
export function gatherLabels(
  y: Tensor,
  rows: ArrayLike<number>,
  classes: number,
  into?: Float32Array,
): Float32Array {
  const result = into ?? new Float32Array(rows.length * classes)
  if (areClassNumbers(y, classes)) writeOneHot(y, rows, classes, result)
  else copyRows(y, rows, classes, result)
  return result
}

/** Above this, whole numbers are taken for values (years, pixels), not for classes. */
const mostClasses = 65_536

/**
 * The class of every row: the number itself, or the place of the 1 in a one-hot row.
 * Null when `y` holds something else than classes.
 */
export function classOfRows(y: Tensor): Uint32Array | null {
  const width = sizeOf(y.shape.slice(1))
  const classes = new Uint32Array(y.rows)
  for (let row = 0; row < y.rows; row++) {
    const found = width === 1 ? y.data[row]! : placeOfOne(y, row * width, width)
    if (!Number.isInteger(found) || found < 0 || found >= mostClasses) return null
    classes[row] = found
  }
  return classes
}

/** Where the only number that is not 0 stands, if it is a 1; else -1. */
function placeOfOne(y: Tensor, from: number, length: number): number {
  let place = -1
  for (let i = 0; i < length; i++) {
    const value = y.data[from + i]!
    if (value !== 0 && (value !== 1 || place >= 0)) return -1
    if (value === 1) place = i
  }
  return place
}

function writeOneHot(y: Tensor, rows: ArrayLike<number>, classes: number, result: Float32Array): void {
  result.fill(0, 0, rows.length * classes)
  for (let i = 0; i < rows.length; i++) {
    const label = y.data[rows[i]!]!
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw labelError(rows[i]!, label, classes)
    result[i * classes + label] = 1
  }
}

function copyRows(y: Tensor, rows: ArrayLike<number>, classes: number, result: Float32Array): void {
  const width = sizeOf(y.shape.slice(1))
  if (width !== classes)
    throw new ShapeError(
      `Labels: the last layer makes ${classes} values per row, but y is ${formatShape(y.shape)}.`,
      `Set units: ${width} in the last layer, or give labels of ${classes} columns or class numbers.`,
    )
  for (let i = 0; i < rows.length; i++)
    result.set(y.data.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * classes)
}

function labelError(row: number, label: number, classes: number): ShapeError {
  const advice =
    Number.isInteger(label) && label >= classes
      ? `Set units: at least ${label + 1} in the last layer, or check the labels.`
      : 'Number the classes from 0.'
  return new ShapeError(
    `Labels: row ${row} has label ${label}, but the last layer knows the classes 0 … ${classes - 1}.`,
    advice,
  )
}
