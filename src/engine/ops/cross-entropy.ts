import type { Shape } from '../../base/shape.js'
import type { OpName } from './attributes.js'
import { expectAxes, expectShape, take } from './inputs.js'
import type { Op } from './op.js'
import { exponentials, softmaxOf } from './softmax.js'

/** Softmax and cross-entropy in one, from the logits: nothing is clipped, and the gradient is p - target. */
export const softmaxCrossEntropy: Op<'softmaxCrossEntropy'> = {
  shape: (_, inputs) =>
    lossOfRows('softmaxCrossEntropy', take('softmaxCrossEntropy', inputs, 'logits', 'target')),
  meaning(_, inputs, shapes) {
    const [logits, target] = take('softmaxCrossEntropy', inputs, 'logits', 'target')
    return eachRow(logits, shapes[0]!, (row, at) => {
      const { largest, sum } = exponentials(row)
      return row.reduce((loss, z, c) => loss + target[at + c]! * (Math.log(sum) + (largest - z)), 0)
    })
  },
  gradient(record, { inputs }, dloss) {
    const [logits, target] = take('softmaxCrossEntropy', inputs, 'logits', 'target')
    return [record.apply('softmaxCrossEntropyGradient', {}, [dloss, logits, target]), null]
  },
}

/** dlogits = dloss · (p · Σ target - target); Σ target is 1 for labels, but not for weighted ones. */
export const softmaxCrossEntropyGradient: Op<'softmaxCrossEntropyGradient'> = {
  shape: (_, inputs) =>
    gradientOfRows(
      'softmaxCrossEntropyGradient',
      take('softmaxCrossEntropyGradient', inputs, 'dloss', 'logits', 'target'),
    ),
  meaning(_, inputs, shapes, output) {
    const [dloss, logits, target] = take('softmaxCrossEntropyGradient', inputs, 'dloss', 'logits', 'target')
    const C = output.at(-1)!
    const weight = eachRow(target, shapes[2]!, row => row.reduce((sum, share) => sum + share, 0))
    return softmaxOf(logits, C).map((p, i) => {
      const row = Math.floor(i / C)
      return dloss[row]! * (p * weight[row]! - target[i]!)
    })
  },
  gradient: null,
}

/** Keras keeps probabilities this far from 0 and 1. */
const clip = 1e-7

/** Cross-entropy of probabilities, as Keras computes it where it cannot see a softmax. */
export const crossEntropy: Op<'crossEntropy'> = {
  shape: (_, inputs) => lossOfRows('crossEntropy', take('crossEntropy', inputs, 'p', 'target')),
  meaning(_, inputs, shapes) {
    const [p, target] = take('crossEntropy', inputs, 'p', 'target')
    return eachRow(p, shapes[0]!, (row, at) => {
      const total = row.reduce((sum, share) => sum + share, 0)
      return row.reduce((loss, share, c) => loss - target[at + c]! * Math.log(clipped(share / total)), 0)
    })
  },
  gradient(record, { inputs }, dloss) {
    const [p, target] = take('crossEntropy', inputs, 'p', 'target')
    return [record.apply('crossEntropyGradient', {}, [dloss, p, target]), null]
  },
}

/**
 * With q = p / Σp and g = -target / q (0 where q is clipped): dp = dloss · (g - Σ g·q) / Σp.
 */
export const crossEntropyGradient: Op<'crossEntropyGradient'> = {
  shape: (_, inputs) =>
    gradientOfRows('crossEntropyGradient', take('crossEntropyGradient', inputs, 'dloss', 'p', 'target')),
  meaning(_, inputs, shapes) {
    const [dloss, p, target] = take('crossEntropyGradient', inputs, 'dloss', 'p', 'target')
    const dp = new Float64Array(p.length)
    eachRow(p, shapes[1]!, (row, at, n) => {
      const total = row.reduce((sum, share) => sum + share, 0)
      const slope = row.map((share, c) => slopeAt(share / total, target[at + c]!))
      const mean = slope.reduce((sum, g, c) => sum + (g * row[c]!) / total, 0)
      dp.set(
        slope.map(g => (dloss[n]! * (g - mean)) / total),
        at,
      )
      return 0
    })
    return dp
  },
  gradient: null,
}

const clipped = (q: number): number => Math.min(Math.max(q, clip), 1 - clip)
const slopeAt = (q: number, target: number): number => (q === clipped(q) ? -target / q : 0)

/** One number for each row of [N, C]: `value` is given the row, its offset and its number. */
function eachRow(
  x: Float64Array,
  [N, C]: Shape,
  value: (row: Float64Array, at: number, n: number) => number,
): Float64Array {
  return Float64Array.from({ length: N! }, (_, n) => value(x.subarray(n * C!, (n + 1) * C!), n * C!, n))
}

function lossOfRows(op: OpName, [prediction, target]: readonly [Shape, Shape]): Shape {
  expectAxes(op, 'the prediction', prediction, 'N C')
  expectShape(op, 'target', target, prediction)
  return [prediction[0]!]
}

function gradientOfRows(op: OpName, [dloss, prediction, target]: readonly [Shape, Shape, Shape]): Shape {
  expectShape(op, 'dloss', dloss, lossOfRows(op, [prediction, target]))
  return prediction
}
