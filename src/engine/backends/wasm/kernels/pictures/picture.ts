import type { PictureBorder } from '../../../../ops/attributes.js'
import { type Expression, type Float, f32, type Integer, i32 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { type Emission, FLOAT, type Kernel, LANES } from '../kernel.js'

/** The shape of a batch of pictures: [N, H, W, C]. */
export type Pictures = readonly [N: number, H: number, W: number, C: number]

/** What the code for one picture is written with. */
export interface OnePicture extends Emission {
  /** Address of the picture in the first input, and of the one that is made of it. */
  readonly from: Local<'i32'>
  readonly to: Local<'i32'>
  /** Number `i` of those that the second input holds for this picture. */
  parameter(i: number): Expression<'f32'>
}

/** A kernel whose pieces are pictures, changed as the second input says: `parameters` numbers for each. */
export function eachPicture(
  name: string,
  [N, H, W, C]: Pictures,
  parameters: number,
  write: (picture: OnePicture) => void,
  scratch = 0,
): Kernel {
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const start = f.i32(i32.mul(piece, H * W * C * FLOAT))
    const numbers = f.i32(i32.add(at.inputs[1]!, i32.mul(piece, parameters * FLOAT)))
    write({
      ...emission,
      from: f.i32(i32.add(at.inputs[0]!, start)),
      to: f.i32(i32.add(at.output, start)),
      parameter: i => f32.load(numbers, i * FLOAT),
    })
  }
  return { steps: [{ name, pieces: N, emit }], scratch }
}

/** Writes `changed` for pictures whose parameter 0 is not 0; the others are copied. */
export function unlessLeft(picture: OnePicture, [, H, W, C]: Pictures, changed: () => void): void {
  const { f, from, to } = picture
  f.if(f32.ne(picture.parameter(0), 0), changed, () => f.copy(to, from, H * W * C * FLOAT))
}

/** `borderCell` of `engine/ops/picture-border.ts`, for a place that is known only when it runs. */
export function borderCell(
  f: FunctionBuilder,
  { border }: PictureBorder,
  at: Local<'i32'>,
  length: number,
): Expression<'i32'> {
  const inside = unsignedBelow(at, length)
  if (border === 'constant') return i32.select(at, -1, inside)
  if (border === 'edge' || length === 1) return i32.max(0, i32.min(at, length - 1))
  const period = 2 * (length - 1)
  const place = f.i32()
  f.set(place, i32.rem(i32.max(at, i32.sub(0, at)), period))
  return i32.min(place, i32.sub(period, place))
}

/** 0 ≤ at < length, in one comparison more than the processor would need. */
export const unsignedBelow = (at: Integer, length: number): Expression<'i32'> =>
  i32.and(i32.ge(at, 0), i32.lt(at, length))

/** The number of the range nearest to x. */
export const within = ({ low, high }: { readonly low: number; readonly high: number }, x: Float) =>
  f32.min(f32.max(x, low), high)

/** For each group of up to four channels, the first of them and how many they are. */
export const channelGroups = (channels: number): { first: number; lanes: number }[] =>
  Array.from({ length: Math.ceil(channels / LANES) }, (_, i) => ({
    first: i * LANES,
    lanes: Math.min(LANES, channels - i * LANES),
  }))
