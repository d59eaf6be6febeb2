import type { Shape } from '../../base/shape.js'
import type { OpName } from './attributes.js'
import { channelsOf, expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/** A statistic of the batch. Its gradient is part of batchNorm's own. */
export const channelMean: Op<'channelMean'> = {
  shape(_, inputs) {
    const [x] = take('channelMean', inputs, 'x')
    return [channelsOf('channelMean', 'x', x)]
  },
  meaning(_, inputs, __, output) {
    const [x] = take('channelMean', inputs, 'x')
    return meanOfChannels(output[0]!, x.length, i => x[i]!)
  },
  gradient: null,
}

/** A statistic of the batch: mean of squared distances from the mean, divided by the count (not count - 1). */
export const channelVariance: Op<'channelVariance'> = {
  shape(_, inputs) {
    const [x, mean] = take('channelVariance', inputs, 'x', 'mean')
    expectPerChannel('channelVariance', x, { mean })
    return mean
  },
  meaning(_, inputs, __, output) {
    const [x, mean] = take('channelVariance', inputs, 'x', 'mean')
    return meanOfChannels(output[0]!, x.length, i => (x[i]! - mean[i % mean.length]!) ** 2)
  },
  gradient: null,
}

export const batchNorm: Op<'batchNorm'> = {
  shape(_, inputs) {
    const [x, mean, variance, gamma, beta] = take(
      'batchNorm',
      inputs,
      'x',
      'mean',
      'variance',
      'gamma',
      'beta',
    )
    expectPerChannel('batchNorm', x, { mean, variance, gamma, beta })
    return x
  },
  meaning({ epsilon }, inputs) {
    const [x, mean, variance, gamma, beta] = take(
      'batchNorm',
      inputs,
      'x',
      'mean',
      'variance',
      'gamma',
      'beta',
    )
    const normal = normalised(x, mean, variance, epsilon)
    return normal.map((value, i) => gamma[i % gamma.length]! * value + beta[i % beta.length]!)
  },
  gradient(record, { attributes: { epsilon, training }, inputs }, dy) {
    const [x, mean, variance, gamma] = take('batchNorm', inputs, 'x', 'mean', 'variance', 'gamma', 'beta')
    const dgamma = record.apply('batchNormGammaGradient', { epsilon }, [dy, x, mean, variance])
    const dbeta = record.apply('channelSum', {}, [dy])
    const dx = record.apply('batchNormInputGradient', { epsilon, training }, [
      dy,
      x,
      mean,
      variance,
      gamma,
      dgamma,
      dbeta,
    ])
    return [dx, null, null, dgamma, dbeta]
  },
}

export const batchNormGammaGradient: Op<'batchNormGammaGradient'> = {
  shape(_, inputs) {
    const [dy, x, mean, variance] = take('batchNormGammaGradient', inputs, 'dy', 'x', 'mean', 'variance')
    expectShape('batchNormGammaGradient', 'dy', dy, x)
    expectPerChannel('batchNormGammaGradient', x, { mean, variance })
    return mean
  },
  meaning({ epsilon }, inputs) {
    const [dy, x, mean, variance] = take('batchNormGammaGradient', inputs, 'dy', 'x', 'mean', 'variance')
    const dgamma = new Float64Array(mean.length)
    normalised(x, mean, variance, epsilon).forEach((value, i) => {
      dgamma[i % dgamma.length]! += dy[i]! * value
    })
    return dgamma
  },
  gradient: null,
}

/**
 * dx = gamma / √(variance + epsilon) · (dy - dbeta / M - x̂ · dgamma / M) over M = N·H·W numbers a channel; the two
 * latter terms are what flows through mean and variance (Ioffe & Szegedy 2015). Without `training` they are absent.
 */
export const batchNormInputGradient: Op<'batchNormInputGradient'> = {
  shape(_, inputs) {
    const [dy, x, mean, variance, gamma, dgamma, dbeta] = takeNormGradient(inputs)
    expectShape('batchNormInputGradient', 'dy', dy, x)
    expectPerChannel('batchNormInputGradient', x, { mean, variance, gamma, dgamma, dbeta })
    return x
  },
  meaning({ epsilon, training }, inputs) {
    const [dy, x, mean, variance, gamma, dgamma, dbeta] = takeNormGradient(inputs)
    const C = mean.length
    const share = training ? C / x.length : 0
    return normalised(x, mean, variance, epsilon).map((value, i) => {
      const c = i % C
      const centred = dy[i]! - share * (dbeta[c]! + value * dgamma[c]!)
      return (gamma[c]! / Math.sqrt(variance[c]! + epsilon)) * centred
    })
  },
  gradient: null,
}

const takeNormGradient = <T>(inputs: readonly T[]) =>
  take('batchNormInputGradient', inputs, 'dy', 'x', 'mean', 'variance', 'gamma', 'dgamma', 'dbeta')

/** x̂ = (x - mean) / √(variance + epsilon) */
function normalised(
  x: Float64Array,
  mean: Float64Array,
  variance: Float64Array,
  epsilon: number,
): Float64Array {
  const C = mean.length
  return x.map((value, i) => (value - mean[i % C]!) / Math.sqrt(variance[i % C]! + epsilon))
}

function meanOfChannels(C: number, length: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(C)
  for (let i = 0; i < length; i++) sums[i % C]! += value(i)
  return sums.map(sum => sum / (length / C))
}

function expectPerChannel(op: OpName, x: Shape, statistics: Readonly<Record<string, Shape>>): void {
  const expected = [channelsOf(op, 'x', x)]
  for (const [name, shape] of Object.entries(statistics)) expectShape(op, name, shape, expected)
}
