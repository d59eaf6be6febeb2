import { type Shape, sizeOf } from '../../../../base/shape.js'
import { f32x4, i32, type Vector, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { inverseDeviation } from './channelwise.js'
import { groupStart } from './groups.js'
import { type Emission, FLOAT, type Kernel, type KernelFor, LANES } from './kernel.js'
import { addPartialSums } from './partial-sums.js'
import { inBlocks } from './row-tiles.js'

/** Rows are summed in so many groups at most, each of at least `MIN_ROWS` rows. */
const MAX_GROUPS = 64
const MIN_ROWS = 64
/** Vectors of channels summed at once: a whole cache line. */
const TILE_VECTORS = 4

/**
 * Sums over every axis but the last: out[c] = factor · Σ term. `term` is made of the numbers at one place of the
 * first `streams` inputs, and of the inputs behind them, which hold one number a channel.
 */
function channelSums(
  name: string,
  shapes: readonly Shape[],
  streams: number,
  term: (emission: Emission, values: readonly Local<'v128'>[], channel: (i: number) => Vector) => Vector,
  factor = 1,
): Kernel {
  const channels = shapes[0]!.at(-1)!
  const rows = sizeOf(shapes[0]!) / channels
  const groups = Math.max(1, Math.min(MAX_GROUPS, Math.floor(rows / MIN_ROWS)))
  const vectors = Math.ceil(channels / LANES)
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const first = f.i32(groupStart(piece, rows, groups))
    const end = f.i32(groupStart(i32.add(piece, 1), rows, groups))
    const vector = f.i32()
    const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(piece, vectors * LANES * FLOAT)))
    inBlocks(f, vector, vectors, TILE_VECTORS, width =>
      sumTile(emission, { first, end, vector, partial, width }),
    )
  }
  const sumTile = (emission: Emission, tile: Tile) => {
    const { f, at } = emission
    const sums = Array.from({ length: tile.width }, () => f.v128(0))
    const values = Array.from({ length: streams }, () => f.v128())
    const row = f.i32(tile.first)
    const offset = f.i32()
    const column = f.i32(i32.mul(tile.vector, LANES * FLOAT))
    f.while(i32.lt(row, tile.end), () => {
      f.set(offset, i32.add(i32.mul(row, channels * FLOAT), column))
      sums.forEach((sum, j) => {
        const byte = j * LANES * FLOAT
        values.forEach((value, i) => f.set(value, v128.load(i32.add(at.inputs[i]!, offset), byte)))
        const channel = (i: number) => v128.load(i32.add(at.inputs[i]!, column), byte)
        f.set(sum, f32x4.add(sum, term(emission, values, channel)))
      })
      f.increase(row, 1)
    })
    sums.forEach((sum, j) => f.storeVector(i32.add(tile.partial, column), sum, j * LANES * FLOAT))
  }
  const shape = { groups, rows: 1, columns: channels, paddedColumns: vectors * LANES }
  return {
    steps: [{ name, pieces: groups, emit }, addPartialSums(0, shape, factor)],
    temporaries: [groups * vectors * LANES],
  }
}

interface Tile {
  readonly first: Local<'i32'>
  readonly end: Local<'i32'>
  readonly vector: Local<'i32'>
  readonly partial: Local<'i32'>
  readonly width: number
}

const perRow = (shape: Shape): number => shape.at(-1)! / sizeOf(shape)

export const channelSum: KernelFor<'channelSum'> = ({ inputs }) =>
  channelSums('channel sum', inputs, 1, (_, [x]) => x!)

export const channelMean: KernelFor<'channelMean'> = ({ inputs }) =>
  channelSums('channel mean', inputs, 1, (_, [x]) => x!, perRow(inputs[0]!))

export const channelVariance: KernelFor<'channelVariance'> = ({ inputs }) =>
  channelSums(
    'channel variance',
    inputs,
    1,
    ({ f }, [x], channel) => {
      const distance = f.v128(f32x4.sub(x!, channel(1)))
      return f32x4.mul(distance, distance)
    },
    perRow(inputs[0]!),
  )

export const batchNormGammaGradient: KernelFor<'batchNormGammaGradient'> = ({ attributes, inputs }) =>
  channelSums('batch norm gamma gradient', inputs, 2, (_, [dy, x], channel) => {
    const normal = f32x4.mul(f32x4.sub(x!, channel(2)), inverseDeviation(channel(3), attributes.epsilon))
    return f32x4.mul(dy!, normal)
  })
