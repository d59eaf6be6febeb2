import { type Expression, f32, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { FLOAT, type KernelFor } from '../kernel.js'
import {
  borderCell,
  channelGroups,
  eachPicture,
  type OnePicture,
  type Pictures,
  unlessLeft,
} from './picture.js'

/** The four cells around a place: their addresses, and how far the place is from the first, across and down. */
interface Corners {
  readonly at: readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>]
  readonly across: Local<'f32'>
  readonly down: Local<'f32'>
}

/** Scratch memory holds one cell with the border's constant, which is read where there is no other. */
export const warpPictures: KernelFor<'warpPictures'> = ({ attributes: border, output }) => {
  const pictures = output as unknown as Pictures
  const [, H, W, C] = pictures
  const write = (picture: OnePicture) =>
    unlessLeft(picture, pictures, () => {
      const { f, scratch, to } = picture
      for (let c = 0; c < C; c++) f.store(scratch, f32.const(border.value), c * FLOAT)
      const [i, j] = [f.i32(), f.i32()]
      const corners: Corners = {
        at: [f.i32(), f.i32(), f.i32(), f.i32()],
        across: f.f32(),
        down: f.f32(),
      }
      const find = cornerFinder(picture, corners, pictures, border)
      f.for(i, 0, H, 1, () =>
        f.for(j, 0, W, 1, () => {
          find(i, j)
          blend(picture, corners, C)
          f.increase(to, C * FLOAT)
        }),
      )
    })
  return eachPicture('warp pictures', pictures, 7, write, C)
}

/** Writes code that finds the corners for column j of row i. */
function cornerFinder(
  { f, from, scratch, parameter }: OnePicture,
  { at, across, down }: Corners,
  [, H, W, C]: Pictures,
  border: Parameters<typeof borderCell>[1],
): (i: Local<'i32'>, j: Local<'i32'>) => void {
  const numbers = [1, 2, 3, 4, 5, 6].map(i => f.f32(parameter(i)))
  const [column, row] = [f.i32(), f.i32()]
  const [left, right, upper, lower] = [f.i32(), f.i32(), f.i32(), f.i32()]
  const place = (first: number, i: Local<'i32'>, j: Local<'i32'>) =>
    f32.add(
      f32.add(f32.mul(numbers[first]!, f32.fromI32(j)), f32.mul(numbers[first + 1]!, f32.fromI32(i))),
      numbers[first + 2]!,
    )
  const addressOf = (row: Expression<'i32'>, column: Expression<'i32'>) =>
    i32.add(from, i32.mul(i32.add(i32.mul(row, W), column), C * FLOAT))
  const addressOrConstant = (row: Local<'i32'>, column: Local<'i32'>) =>
    border.border === 'constant'
      ? i32.select(scratch, addressOf(row, column), i32.lt(i32.or(row, column), 0))
      : addressOf(row, column)
  const atBorder = () => {
    for (const [cell, start, after, length] of [
      [left, column, 0, W],
      [right, column, 1, W],
      [upper, row, 0, H],
      [lower, row, 1, H],
    ] as const)
      f.set(cell, borderCell(f, border, f.i32(i32.add(start, after)), length))
    f.set(at[0], addressOrConstant(upper, left))
    f.set(at[1], addressOrConstant(upper, right))
    f.set(at[2], addressOrConstant(lower, left))
    f.set(at[3], addressOrConstant(lower, right))
  }
  const inside = () => {
    f.set(at[0], addressOf(row, column))
    f.set(at[1], i32.add(at[0], C * FLOAT))
    f.set(at[2], i32.add(at[0], W * C * FLOAT))
    f.set(at[3], i32.add(at[2], C * FLOAT))
  }
  return (i, j) => {
    for (const [share, cell, first] of [
      [across, column, 0],
      [down, row, 3],
    ] as const) {
      f.set(share, place(first, i, j))
      f.set(cell, i32.signedFromF32(f32.floor(share)))
      f.set(share, f32.sub(share, f32.floor(share)))
    }
    const isInside = i32.and(
      i32.and(i32.ge(column, 0), i32.lt(column, W - 1)),
      i32.and(i32.ge(row, 0), i32.lt(row, H - 1)),
    )
    f.if(isInside, inside, atBorder)
  }
}

/** a + share · (b - a) across, then down. */
function blend({ f, to }: OnePicture, { at, across, down }: Corners, C: number): void {
  const [upper, lower, first] = [f.v128(), f.v128(), f.v128()]
  const between = (a: Expression<'v128'>, b: Expression<'v128'>, share: Local<'f32'>) =>
    f32x4.add(a, f32x4.mul(f32x4.splat(share), f32x4.sub(b, a)))
  for (const { first: c, lanes } of channelGroups(C)) {
    const cell = (i: 0 | 1 | 2 | 3) => v128.load(at[i], c * FLOAT)
    f.set(first, cell(0))
    f.set(upper, between(first, cell(1), across))
    f.set(first, cell(2))
    f.set(lower, between(first, cell(3), across))
    f.storeLanes(to, f.v128(between(upper, lower, down)), lanes, c * FLOAT)
  }
}
