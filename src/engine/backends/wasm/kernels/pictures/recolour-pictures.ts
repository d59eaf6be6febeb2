import { recolourNumbers } from '../../../../ops/recolour-pictures.js'
import { f32, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { FLOAT, type KernelFor, LANES } from '../kernel.js'
import { channelGroups, eachPicture, type OnePicture, type Pictures, unlessLeft } from './picture.js'

/** Where the numbers of a picture stand: shift [C], own [C, C], mean [C, C]. */
const shiftAt = 1

export const recolourPictures: KernelFor<'recolourPictures'> = ({ attributes: { low, high }, output }) => {
  const pictures = output as unknown as Pictures
  const [, H, W, C] = pictures
  return eachPicture('recolour pictures', pictures, recolourNumbers(C), picture =>
    unlessLeft(picture, pictures, () => {
      const { f, from, to } = picture
      const means = channelMeans(picture, pictures)
      const shifts = channelGroups(C).map(({ first }) => shiftOf(picture, means, first, C))
      const own = channelGroups(C).map(({ first }) =>
        means.map((_, k) => f.v128(fourNumbers(picture, shiftAt + C + k * C + first))),
      )
      const sum = f.v128()
      f.for(f.i32(), 0, H * W, 1, () => {
        channelGroups(C).forEach(({ first, lanes }, group) => {
          f.set(sum, shifts[group]!)
          own[group]!.forEach((weights, k) =>
            f.set(sum, f32x4.madd(v128.loadSplat(from, k * FLOAT), weights, sum)),
          )
          f.set(sum, f32x4.min(f32x4.max(sum, low), high))
          f.storeLanes(to, sum, lanes, first * FLOAT)
        })
        f.increase(from, C * FLOAT)
        f.increase(to, C * FLOAT)
      })
    }),
  )
}

/** Four of the picture's numbers; what lies behind the last of them goes nowhere. */
const fourNumbers = ({ parameter }: OnePicture, i: number) =>
  f32x4.join(Array.from({ length: LANES }, (_, lane) => parameter(i + lane)))

/** The shift of four channels, with what the means of the picture's channels add to it. */
function shiftOf(
  picture: OnePicture,
  means: readonly Local<'f32'>[],
  first: number,
  C: number,
): Local<'v128'> {
  const { f } = picture
  const shift = f.v128(fourNumbers(picture, shiftAt + first))
  means.forEach((mean, k) => {
    const weights = fourNumbers(picture, shiftAt + C + C * C + k * C + first)
    f.set(shift, f32x4.madd(f32x4.splat(mean), weights, shift))
  })
  return shift
}

/** The mean of every channel, added up row by row of cells. */
function channelMeans({ f, from }: OnePicture, [, H, W, C]: Pictures): Local<'f32'>[] {
  const cell = f.i32()
  return channelGroups(C).flatMap(({ first, lanes }) => {
    const sum = f.v128(0)
    f.for(cell, 0, H * W * C * FLOAT, C * FLOAT, () =>
      f.set(sum, f32x4.add(sum, v128.load(i32.add(from, cell), first * FLOAT))),
    )
    return Array.from({ length: lanes }, (_, lane) => f.f32(f32.div(f32.lane(sum, lane), H * W)))
  })
}
