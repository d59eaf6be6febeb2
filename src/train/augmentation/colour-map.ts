import { cosineOfTurns } from '../../base/portable-math.js'
import { sineOfTurns } from './affine.js'

/**
 * A change of all colours of a picture: `x · own + mean · means + shift`, where `means` are those of the picture's channels. In both
 * matrices, row by row, the row is the channel that is read and the column the one that is made.
 */
export interface ColourMap {
  readonly own: readonly number[]
  readonly mean: readonly number[]
  readonly shift: readonly number[]
}

/** How bright each of red, green and blue looks (ITU-R BT.601), as in Pillow. */
const luma = [0.299, 0.587, 0.114] as const

const matrix = (channels: number, at: (read: number, made: number) => number): number[] =>
  Array.from({ length: channels * channels }, (_, i) => at(Math.floor(i / channels), i % channels))
const diagonal = (channels: number, value: number): number[] =>
  matrix(channels, (read, made) => (read === made ? value : 0))
const zeros = (length: number): number[] => new Array<number>(length).fill(0)

/** The weight of each channel in the grey of a picture: of colours their luma, else the mean. */
const greyWeights = (channels: number): readonly number[] =>
  channels === 3 ? luma : new Array<number>(channels).fill(1 / channels)

export const sameColours = (channels: number): ColourMap => brighter(channels, 0)

/** Adds one number to every channel. */
export const brighter = (channels: number, by: number): ColourMap => ({
  own: diagonal(channels, 1),
  mean: zeros(channels * channels),
  shift: new Array<number>(channels).fill(by),
})

/** Multiplies the distance from `black`. */
export const timesBrighter = (channels: number, factor: number, black: number): ColourMap => ({
  own: diagonal(channels, factor),
  mean: zeros(channels * channels),
  shift: new Array<number>(channels).fill((1 - factor) * black),
})

/** Multiplies every channel's distance from its mean over the picture. */
export const contrasted = (channels: number, factor: number): ColourMap => ({
  own: diagonal(channels, factor),
  mean: diagonal(channels, 1 - factor),
  shift: zeros(channels),
})

/** Multiplies the distance from one grey for all channels: the mean of the picture without its colours. */
export const contrastedToGrey = (channels: number, factor: number): ColourMap => ({
  own: diagonal(channels, factor),
  mean: matrix(channels, read => (1 - factor) * greyWeights(channels)[read]!),
  shift: zeros(channels),
})

/** Multiplies the distance from the grey that looks as bright. For red, green and blue. */
export const saturated = (factor: number): ColourMap => ({
  own: matrix(3, (read, made) => (1 - factor) * luma[read]! + (read === made ? factor : 0)),
  mean: zeros(9),
  shift: zeros(3),
})

/**
 * Turns what a colour has beside its grey around the grey axis, by `turns` of -1 … 1 full turns; the grey stays. For red, green
 * and blue.
 */
export function hueTurned(turns: number): ColourMap {
  const size = Math.abs(turns)
  const [cosine, sine] = [cosineOfTurns(size), Math.sign(turns) * sineOfTurns(size)]
  return {
    own: matrix(3, (read, made) => {
      const grey = luma[read]!
      const colour = (read === made ? 1 : 0) - grey
      return grey + cosine * colour + sine * quarterTurn(read, made)
    }),
    mean: zeros(9),
    shift: zeros(3),
  }
}

/** A quarter turn around the grey axis (the cross product with it), moved along that axis to where the grey is none. */
function quarterTurn(read: number, made: number): number {
  const cross = (to: number) => (to === read ? 0 : (to + 1) % 3 === read ? -1 : 1) / Math.sqrt(3)
  return cross(made) - luma.reduce((sum, weight, to) => sum + weight * cross(to), 0)
}

/** Both, one after the other, as one. */
export function inTurn(first: ColourMap, second: ColourMap): ColourMap {
  const channels = first.shift.length
  const product = (left: readonly number[], right: readonly number[]) =>
    matrix(channels, (read, made) => {
      let sum = 0
      for (let k = 0; k < channels; k++) sum += left[read * channels + k]! * right[k * channels + made]!
      return sum
    })
  const sum = (left: readonly number[], right: readonly number[]) => left.map((value, i) => value + right[i]!)
  const whole = sum(second.own, second.mean)
  return {
    own: product(first.own, second.own),
    mean: sum(product(first.mean, whole), product(first.own, second.mean)),
    shift: second.shift.map((shift, made) =>
      first.shift.reduce((total, value, k) => total + value * whole[k * channels + made]!, shift),
    ),
  }
}
