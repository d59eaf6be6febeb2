import { blurWeight, middleWeight } from '../../../../ops/sharpen-pictures.js'
import { f32, f32x4, i32, type Vector, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { FLOAT, type KernelFor, LANES } from '../kernel.js'
import { eachPicture, type Pictures } from './picture.js'

export const sharpenPictures: KernelFor<'sharpenPictures'> = ({ attributes: { low, high }, output }) => {
  const pictures = output as unknown as Pictures
  const [, H, W, C] = pictures
  const row = W * C
  return eachPicture('sharpen pictures', pictures, 1, ({ f, from, to, parameter }) => {
    f.copy(to, from, H * row * FLOAT)
    const factor = f.f32(parameter(0))
    const [sum, middle] = [f.v128(), f.v128()]
    /** Numbers from `offset` bytes behind the first of the picture on. */
    const four = (offset: Local<'i32'>, lanes: number) => {
      const place = f.i32(i32.add(from, offset))
      const at = (floats: number) => v128.load(i32.add(place, floats * FLOAT))
      f.set(middle, at(0))
      f.set(sum, f32x4.mul(middle, middleWeight))
      const neighbours = [-row, 0, row].flatMap(next => [next - C, next, next + C]).filter(next => next !== 0)
      for (const next of neighbours) f.set(sum, f32x4.add(sum, at(next)))
      f.set(sum, f32x4.div(sum, blurWeight))
      const moved: Vector = f32x4.mul(f32x4.splat(factor), f32x4.sub(middle, sum))
      f.set(sum, f32x4.min(f32x4.max(f32x4.add(sum, moved), low), high))
      f.storeLanes(i32.add(to, offset), sum, lanes)
    }
    const inner = row - 2 * C
    const rest = inner % LANES
    if (H > 2 && inner > 0)
      f.if(f32.ne(factor, 1), () => {
        const [start, k, offset] = [f.i32((row + C) * FLOAT), f.i32(), f.i32()]
        f.for(f.i32(), 1, H - 1, 1, () => {
          f.set(offset, start)
          f.for(k, 0, inner - rest, LANES, () => {
            four(offset, LANES)
            f.increase(offset, LANES * FLOAT)
          })
          if (rest > 0) four(offset, rest)
          f.increase(start, row * FLOAT)
        })
      })
  })
}
