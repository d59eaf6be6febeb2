import { f32x4, i32, type Vector } from '../../assembler/expressions.js'
import { inverseDeviation } from '../channelwise.js'
import { groupStart } from '../groups.js'
import { type Emission, FLOAT, type Kernel, type KernelFor } from '../kernel.js'
import { addPartialSums } from '../partial-sums.js'
import { PictureWalk, slotFloats } from './picture-walk.js'
import { RowWalk } from './row-walk.js'
import { type GroupShape, groupShape, type Statistic, type Walk } from './walk.js'

/** Floats of x that one piece normalises, about: one large sample, or many small ones. */
const PIECE_FLOATS = 16384
/** Samples are summed in so many parts at most, each of at least `PART_FLOATS` floats. */
const MAX_PARTS = 64
const PART_FLOATS = 4096
/** Statistics that the input's gradient needs, the most of all: three of x and two of the gradient. */
const STATISTICS = 5

export const groupNorm: KernelFor<'groupNorm'> = ({ attributes: { groups, epsilon }, output }) => {
  const shape = groupShape(output, groups)
  return sampleBySample('group norm', shape, (walk, emission) => {
    const { f } = emission
    const { mean, residue, inverse } = statistics(walk, emission, { x: 0, shape, epsilon })
    walk.write(channels => {
      const centre = channels.of(mean)
      const gain = f.v128(f32x4.mul(channels.of(inverse), channels.input(1)))
      const shift = f.v128(f32x4.sub(channels.input(2), f32x4.mul(channels.of(residue), gain)))
      return numbers => f32x4.madd(f32x4.sub(numbers(0), centre), gain, shift)
    })
  })
}

/**
 * With g = gamma · dy and d = x - mean - residue: dx = g / σ - mean(g) / σ - d · mean(g · d) / σ³. What belongs to a group
 * alone is computed once for it.
 */
export const groupNormInputGradient: KernelFor<'groupNormInputGradient'> = node => {
  const { groups, epsilon } = node.attributes
  const shape = groupShape(node.output, groups)
  return sampleBySample('group norm input gradient', shape, (walk, emission) => {
    const { f } = emission
    const { mean, residue, inverse } = statistics(walk, emission, { x: 1, shape, epsilon })
    const [level, slope] = walk.statistics(
      2,
      channels => {
        const [gamma, centre] = [channels.input(2), channels.of(mean)]
        return numbers => {
          const g = f.v128(f32x4.mul(numbers(0), gamma))
          return [g, f32x4.mul(g, f32x4.sub(numbers(1), centre))]
        }
      },
      ([ofG, ofProducts], of) => {
        const left = f.v128(of(residue))
        const share = f.v128(f32x4.mul(of(inverse), 1 / numbersOf(shape)))
        const square = f32x4.mul(of(inverse), of(inverse))
        const products = f32x4.sub(ofProducts!, f32x4.mul(left, ofG!))
        const slope = f.v128(f32x4.mul(f32x4.mul(products, share), square))
        return [f32x4.sub(f32x4.mul(ofG!, share), f32x4.mul(left, slope)), slope]
      },
    ) as [Statistic, Statistic]
    walk.write(channels => {
      const [centre, common, steepness] = [mean, level, slope].map(statistic => channels.of(statistic))
      const gain = f.v128(f32x4.mul(channels.of(inverse), channels.input(2)))
      return numbers => {
        const falling = f32x4.madd(f32x4.sub(numbers(1), centre!), steepness!, common!)
        return f32x4.sub(f32x4.mul(numbers(0), gain), falling)
      }
    })
  })
}

/** Each part of the samples has a sum of its own; the sums are added in the order of the parts. */
export const groupNormGammaGradient: KernelFor<'groupNormGammaGradient'> = ({ attributes, inputs }) => {
  const shape = groupShape(inputs[1]!, attributes.groups)
  const { samples, places, channels } = shape
  const parts = Math.max(
    1,
    Math.min(MAX_PARTS, samples, Math.floor((samples * places * channels) / PART_FLOATS)),
  )
  const paddedColumns = slotFloats(shape)
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(piece, paddedColumns * FLOAT)))
    f.clear(partial, paddedColumns * FLOAT)
    const end = f.i32(groupStart(i32.add(piece, 1), samples, parts))
    const walk = walkOver(emission, shape)
    walk.each(groupStart(piece, samples, parts), end, () => {
      const { epsilon } = attributes
      const { mean, residue, inverse } = statistics(walk, emission, { x: 1, shape, epsilon })
      walk.addToChannels(partial, ofFour => {
        const [centre, left, scale] = [ofFour.of(mean), ofFour.of(residue), ofFour.of(inverse)]
        return numbers => {
          const distance = f32x4.sub(f32x4.sub(numbers(1), centre), left)
          return f32x4.mul(numbers(0), f32x4.mul(distance, scale))
        }
      })
    })
  }
  const sums = { groups: parts, rows: 1, columns: channels, paddedColumns }
  return {
    steps: [{ name: 'group norm gamma gradient', pieces: parts, emit }, addPartialSums(0, sums)],
    temporaries: [parts * paddedColumns],
    scratch: scratchOf(shape),
  }
}

/** A kernel whose pieces are whole samples. */
function sampleBySample(
  name: string,
  shape: GroupShape,
  normalise: (walk: Walk, emission: Emission) => void,
): Kernel {
  const { samples, places, channels } = shape
  const perPiece = Math.max(1, Math.floor(PIECE_FLOATS / (places * channels)))
  const emit = (emission: Emission) => {
    const { f, piece } = emission
    const first = f.i32(i32.mul(piece, perPiece))
    const end = f.i32(i32.min(samples, i32.add(first, perPiece)))
    const walk = walkOver(emission, shape)
    walk.each(first, end, () => normalise(walk, emission))
  }
  return { steps: [{ name, pieces: Math.ceil(samples / perPiece), emit }], scratch: scratchOf(shape) }
}

const isRow = ({ places }: GroupShape): boolean => places === 1

const walkOver = (emission: Emission, shape: GroupShape): Walk =>
  isRow(shape) ? new RowWalk(emission, shape) : new PictureWalk(emission, shape)

const scratchOf = (shape: GroupShape): number => (isRow(shape) ? 0 : STATISTICS * slotFloats(shape))

/** How many numbers one group of one sample holds. */
const numbersOf = ({ places, run }: GroupShape): number => places * run

/** Of a group: x̂ = (x - mean - residue) · inverse. */
interface Normal {
  readonly mean: Statistic
  /** What rounding has left of the mean: too little to be added to it. */
  readonly residue: Statistic
  /** 1 / √(variance + epsilon) */
  readonly inverse: Statistic
}

/**
 * The statistics of input `x`. Distances from the mean are squared in a pass of their own and their sum, which should be 0,
 * corrects both: groups of a few numbers, or far from 0, keep their last bits (Chan, Golub & LeVeque 1983).
 */
function statistics(
  walk: Walk,
  { f }: Emission,
  { x, shape, epsilon }: { readonly x: number; readonly shape: GroupShape; readonly epsilon: number },
): Normal {
  const average = (sum: Vector) => f.v128(f32x4.mul(sum, 1 / numbersOf(shape)))
  const [mean] = walk.statistics(
    1,
    () => numbers => [numbers(x)],
    ([sum]) => [average(sum!)],
  )
  const [residue, inverse] = walk.statistics(
    2,
    channels => {
      const centre = channels.of(mean!)
      return numbers => {
        const distance = f.v128(f32x4.sub(numbers(x), centre))
        return [distance, f32x4.mul(distance, distance)]
      }
    },
    ([sum, squares]) => {
      const left = average(sum!)
      const variance = f32x4.sub(average(squares!), f32x4.mul(left, left))
      return [left, inverseDeviation(f32x4.pmax(variance, 0), epsilon)]
    },
  )
  return { mean: mean!, residue: residue!, inverse: inverse! }
}
