import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../base/shape.js'
import type { OpAttributes, OpName } from './attributes.js'
import { channelsOf, expectShape, take } from './inputs.js'
import type { Op } from './op.js'

/**
 * Group normalization (Wu & He 2018): the channels of a sample are cut into `groups` runs of one length, and each run is
 * normalised by its own mean and (population) variance over all places. With one group it is layer normalization, with
 * a group for each channel instance normalization.
 */
export const groupNorm: Op<'groupNorm'> = {
  shape({ groups }, inputs) {
    const [x, gamma, beta] = take('groupNorm', inputs, 'x', 'gamma', 'beta')
    expectGroups('groupNorm', x, groups)
    expectChannels('groupNorm', x, { gamma, beta })
    return x
  },
  meaning(attributes, inputs, [shape]) {
    const [x, gamma, beta] = take('groupNorm', inputs, 'x', 'gamma', 'beta')
    const C = gamma.length
    return normalised(x, shape!, attributes).normal.map((value, i) => gamma[i % C]! * value + beta[i % C]!)
  },
  gradient(record, { attributes, inputs }, dy) {
    const [x, gamma] = take('groupNorm', inputs, 'x', 'gamma', 'beta')
    return [
      record.apply('groupNormInputGradient', attributes, [dy, x, gamma]),
      record.apply('groupNormGammaGradient', attributes, [dy, x]),
      record.apply('channelSum', {}, [dy]),
    ]
  },
}

/** dgamma = Σ dy · x̂ over all samples and places. */
export const groupNormGammaGradient: Op<'groupNormGammaGradient'> = {
  shape({ groups }, inputs) {
    const [dy, x] = take('groupNormGammaGradient', inputs, 'dy', 'x')
    expectShape('groupNormGammaGradient', 'dy', dy, x)
    return [expectGroups('groupNormGammaGradient', x, groups)]
  },
  meaning(attributes, inputs, [shape], output) {
    const [dy, x] = take('groupNormGammaGradient', inputs, 'dy', 'x')
    const dgamma = new Float64Array(sizeOf(output))
    normalised(x, shape!, attributes).normal.forEach((value, i) => {
      dgamma[i % dgamma.length]! += dy[i]! * value
    })
    return dgamma
  },
  gradient: null,
}

/** With g = gamma · dy: dx = (g - mean(g) - x̂ · mean(g · x̂)) / √(variance + epsilon), the means over the group. */
export const groupNormInputGradient: Op<'groupNormInputGradient'> = {
  shape({ groups }, inputs) {
    const [dy, x, gamma] = take('groupNormInputGradient', inputs, 'dy', 'x', 'gamma')
    expectShape('groupNormInputGradient', 'dy', dy, x)
    expectGroups('groupNormInputGradient', x, groups)
    expectChannels('groupNormInputGradient', x, { gamma })
    return x
  },
  meaning(attributes, inputs, [shape]) {
    const [dy, x, gamma] = take('groupNormInputGradient', inputs, 'dy', 'x', 'gamma')
    const { normal, inverse, group, count } = normalised(x, shape!, attributes)
    const g = dy.map((value, i) => gamma[i % gamma.length]! * value)
    const means = groupMeans(g, group, count)
    const slopes = groupMeans(
      g.map((value, i) => value * normal[i]!),
      group,
      count,
    )
    return g.map((value, i) => {
      const at = group(i)
      return inverse[at]! * (value - means[at]! - normal[i]! * slopes[at]!)
    })
  },
  gradient: null,
}

interface Groups {
  /** x̂ = (x - mean) / √(variance + epsilon) */
  readonly normal: Float64Array
  /** 1 / √(variance + epsilon) of each group, sample by sample. */
  readonly inverse: Float64Array
  /** The group of the number at `i`. */
  group(i: number): number
  /** How many groups there are in all samples. */
  readonly count: number
}

function normalised(x: Float64Array, shape: Shape, { groups, epsilon }: OpAttributes['groupNorm']): Groups {
  const C = shape.at(-1)!
  const sample = sizeOf(shape.slice(1))
  const group = (i: number) => Math.floor(i / sample) * groups + Math.floor(((i % C) * groups) / C)
  const count = shape[0]! * groups
  const mean = groupMeans(x, group, count)
  const distance = x.map((value, i) => value - mean[group(i)]!)
  const variance = groupMeans(
    distance.map(value => value ** 2),
    group,
    count,
  )
  const inverse = variance.map(value => 1 / Math.sqrt(value + epsilon))
  return { normal: distance.map((value, i) => value * inverse[group(i)]!), inverse, group, count }
}

/** The mean of each group's numbers. */
function groupMeans(x: Float64Array, group: (i: number) => number, count: number): Float64Array {
  const sums = new Float64Array(count)
  x.forEach((value, i) => {
    sums[group(i)]! += value
  })
  return sums.map(sum => sum / (x.length / count))
}

/** The channels of x; throws unless x has samples, and channels that can be cut into `groups` of one size. */
function expectGroups(op: OpName, x: Shape, groups: number): number {
  const C = channelsOf(op, 'x', x)
  if (x.length < 2)
    throw new ShapeError(`${op}: x must be [samples, …, channels], but ${formatShape(x)} came.`)
  if (C % groups !== 0)
    throw new ShapeError(`${op}: ${C} channels cannot be cut into ${groups} groups of one size.`)
  return C
}

function expectChannels(op: OpName, x: Shape, inputs: Readonly<Record<string, Shape>>): void {
  for (const [name, shape] of Object.entries(inputs)) expectShape(op, name, shape, x.slice(-1))
}
