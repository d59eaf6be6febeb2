import type { PixelRange } from '../../../../ops/attributes.js'
import { levelChanges, levels } from '../../../../ops/change-levels.js'
import { type Expression, f32, i32 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { FLOAT, type KernelFor } from '../kernel.js'
import { eachPicture, type OnePicture, type Pictures, within } from './picture.js'

const highest = levels - 1

/** The numbers of one channel of one picture. */
interface Channel {
  readonly picture: OnePicture
  readonly range: PixelRange
  readonly cells: number
  /** Calls `body` with the value of each cell, and writes what it returns. */
  each(body: (x: Local<'f32'>) => Expression<'f32'>): void
  /** Reads every cell without writing. */
  see(body: (x: Local<'f32'>) => void): void
}

export const changeLevels: KernelFor<'changeLevels'> = ({ attributes: range, output }) => {
  const pictures = output as unknown as Pictures
  const [, H, W, C] = pictures
  const write = (picture: OnePicture) => {
    const { f, from, to, parameter } = picture
    const which = f.i32(i32.fromF32(parameter(0)))
    f.copy(to, from, H * W * C * FLOAT)
    f.if(i32.ne(which, levelChanges.none), () =>
      f.for(f.i32(), 0, C, 1, () => {
        const channel = channelOf(picture, pictures, range)
        for (const [number, change] of changes) f.if(i32.eq(which, number), () => change(channel))
        f.increase(from, FLOAT)
        f.increase(to, FLOAT)
      }),
    )
  }
  return eachPicture('change levels', pictures, 2, write, levels)
}

function channelOf(picture: OnePicture, [, H, W, C]: Pictures, range: PixelRange): Channel {
  const { f, from, to } = picture
  const [offset, x] = [f.i32(), f.f32()]
  const see = (body: (x: Local<'f32'>) => void) =>
    f.for(offset, 0, H * W * C * FLOAT, C * FLOAT, () => {
      f.set(x, f32.load(i32.add(from, offset)))
      body(x)
    })
  const each = (body: (x: Local<'f32'>) => Expression<'f32'>) =>
    see(x => f.store(i32.add(to, offset), body(x)))
  return { picture, range, cells: H * W, each, see }
}

const levelOf = (range: PixelRange, x: Local<'f32'>): Expression<'i32'> => {
  const { low, high } = range
  return i32.fromF32(f32.nearest(f32.div(f32.mul(f32.sub(within(range, x), low), highest), high - low)))
}

const pixelOf = ({ low, high }: PixelRange, level: Expression<'f32'>): Expression<'f32'> =>
  f32.add(f32.const(low), f32.div(f32.mul(level, high - low), highest))

function posterize({ picture, range, each }: Channel): void {
  const step = picture.f.i32(i32.fromF32(picture.parameter(1)))
  each(x => {
    const level = i32.mul(i32.div(levelOf(range, x), step), step)
    return pixelOf(range, f32.fromI32(level))
  })
}

function solarize({ picture, range, each }: Channel): void {
  const amount = picture.f.f32(picture.parameter(1))
  const { low, high } = range
  each(x => {
    const kept = f32.lt(f32.fromI32(levelOf(range, x)), amount)
    return f32.select(x, f32.sub(f32.const(low + high), x), kept)
  })
}

function autocontrast({ picture: { f }, range: { low, high }, each, see }: Channel): void {
  const [least, most] = [f.f32(Number.POSITIVE_INFINITY), f.f32(Number.NEGATIVE_INFINITY)]
  see(x => {
    f.set(least, f32.min(least, x))
    f.set(most, f32.max(most, x))
  })
  f.if(f32.lt(least, most), () =>
    each(x => {
      const share = f32.div(f32.mul(f32.sub(x, least), high - low), f32.sub(most, least))
      return f32.add(f32.const(low), share)
    }),
  )
}

/** Counts in scratch memory, which then become the levels that stand for them. */
function equalize({ picture: { f, scratch }, range, cells, each, see }: Channel): void {
  const placeOf = (level: Expression<'i32'>) => i32.add(scratch, i32.mul(level, FLOAT))
  const [level, count, last, place] = [f.i32(), f.i32(), f.i32(0), f.i32()]
  f.clear(scratch, levels * FLOAT)
  see(x => {
    f.set(place, placeOf(levelOf(range, x)))
    f.store(place, i32.add(i32.load(place), 1))
  })
  f.for(level, 0, levels, 1, () => {
    f.set(count, i32.load(placeOf(level)))
    f.set(last, i32.select(count, last, i32.gt(count, 0)))
  })
  const step = f.i32(i32.div(i32.sub(cells, last), highest))
  f.if(i32.gt(step, 0), () => {
    const before = f.i32(i32.div(step, 2))
    f.for(level, 0, levels, 1, () => {
      f.set(place, placeOf(level))
      f.set(count, i32.load(place))
      f.store(place, i32.min(i32.div(before, step), highest))
      f.increase(before, count)
    })
    each(x => pixelOf(range, f32.fromI32(i32.load(placeOf(levelOf(range, x))))))
  })
}

const changes = [
  [levelChanges.posterize, posterize],
  [levelChanges.solarize, solarize],
  [levelChanges.autocontrast, autocontrast],
  [levelChanges.equalize, equalize],
] as const
