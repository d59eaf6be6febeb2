import { ShapeError } from '../../base/errors.js'
import { expectAxes, expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/** Accuracy is k = 1. A row with a NaN in it, predicted or wanted, is never a hit. */
export const topK: Op<'topK'> = {
  shape({ k }, inputs) {
    const [prediction, target] = take('topK', inputs, 'prediction', 'target')
    expectAxes('topK', 'prediction', prediction, 'N C')
    expectShape('topK', 'target', target, prediction)
    if (!(k >= 1 && Number.isInteger(k)))
      throw new ShapeError(`topK: k must be a whole number from 1, but ${k} came.`)
    return [prediction[0]!]
  },
  meaning({ k }, inputs, shapes, [N]) {
    const [prediction, target] = take('topK', inputs, 'prediction', 'target')
    const C = shapes[0]![1]!
    const row = (x: Float64Array, n: number) => x.subarray(n * C, (n + 1) * C)
    return Float64Array.from({ length: N! }, (_, n) => (isHit(row(prediction, n), row(target, n), k) ? 1 : 0))
  },
  gradient: null,
}

function isHit(prediction: Float64Array, target: Float64Array, k: number): boolean {
  if (prediction.some(Number.isNaN) || target.some(Number.isNaN)) return false
  return rankOf(largest(target), prediction) < k
}

/** The first of the largest. */
const largest = (row: Float64Array): number =>
  row.reduce((best, value, c) => (value > row[best]! ? c : best), 0)

/** How many classes stand before `wanted` when the largest come first and the lower of equals. */
const rankOf = (wanted: number, row: Float64Array): number =>
  row.reduce((rank, p, c) => rank + (p > row[wanted]! || (p === row[wanted]! && c < wanted) ? 1 : 0), 0)
