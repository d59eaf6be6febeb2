import { ShapeError } from '../../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../../base/shape.js'
import type { Value } from '../../../engine/ops/op.js'
import { Layer, type LayerSpecs, type OneOrMore, type RecordContext, type WeightSpec } from '../../layer.js'
import { defaulting, type Resolved, type Rule } from '../../options/rule.js'
import { type AffineOptions, affineSpecs, affineValues, affineWeights } from './affine.js'

export interface GroupNormalizationOptions extends AffineOptions {
  /** How many groups of neighbouring channels there are; it must divide the channels. -1: a group for each channel. Default 32. */
  readonly groups?: number
}

const groupCount: Rule<number> = {
  expected: 'a positive integer, or -1 for a group of each channel',
  example: '8',
  read: value =>
    Number.isSafeInteger(value) && (Number(value) > 0 || value === -1) ? Number(value) : undefined,
}

const specs = {
  ...affineSpecs,
  groups: defaulting(groupCount, 32),
} satisfies LayerSpecs<GroupNormalizationOptions>

/**
 * gamma · (x - mean) / √(variance + epsilon) + beta, x `[…, C]` → the same shape. The channels of each picture are cut into
 * groups; mean and (population) variance are those of a group over the whole picture, while training and after it. So
 * pictures do not mix, and batches may be as small as they like. With `groups: -1` it is instance normalization.
 *
 * A number of groups that does not divide the channels, or groups of a single number, are refused with a ShapeError.
 *
 * Source: Wu & He 2018, "Group Normalization"; Keras' GroupNormalization, with axis -1.
 */
export class GroupNormalization extends Layer<Resolved<typeof specs>> {
  constructor(options: GroupNormalizationOptions = {}) {
    super('GroupNormalization', specs, options)
  }

  /** gamma and beta, each `[C]`. */
  override weights([shape]: OneOrMore<Shape>): readonly WeightSpec[] {
    return affineWeights(this.options, shape.slice(-1))
  }

  outputShape([shape]: OneOrMore<Shape>): Shape {
    const C = shape.at(-1)!
    const groups = this.groupsOf(C)
    if (C % groups !== 0)
      throw new ShapeError(
        `${this.who} cuts the channels into ${groups} groups of one size, but ${C} channels came.`,
        `Use groups: ${largestDivisor(C, groups)}, or another divisor of ${C}.`,
      )
    if (sizeOf(shape) === groups)
      throw new ShapeError(
        `${this.who}: an input of ${formatShape(shape)} in ${groups} groups leaves each a single number, which is its own mean: all that would remain is beta.`,
        'Use fewer groups, or leave the layer out.',
      )
    return shape
  }

  record(context: RecordContext, [x]: OneOrMore<Value>, weights: readonly Value[]): Value {
    const C = x.shape.at(-1)!
    const { gamma, beta } = affineValues(context, this.options, C, weights)
    const attributes = { groups: this.groupsOf(C), epsilon: this.options.epsilon }
    return context.recorder.apply('groupNorm', attributes, [x, gamma, beta])
  }

  private groupsOf(C: number): number {
    return this.options.groups === -1 ? C : this.options.groups
  }
}

/** The largest divisor of `count` that is at most `most`. */
function largestDivisor(count: number, most: number): number {
  let divisor = Math.min(count, most)
  while (count % divisor !== 0) divisor--
  return divisor
}

export const groupNormalization = (options: GroupNormalizationOptions = {}): GroupNormalization =>
  new GroupNormalization(options)
