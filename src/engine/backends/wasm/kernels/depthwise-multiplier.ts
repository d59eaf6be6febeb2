import { type Shape, sizeOf } from '../../../../base/shape.js'
import { f32, i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Addresses, type Emission, FLOAT, type KernelStep } from './kernel.js'

/** Numbers of the smaller array that one piece goes over. */
const PIECE = 8192

/** Writes every number of input `input` `times` times into `temporary`: [N,H,W,C] → [N,H,W,C·times]. */
export const repeatChannels = (
  input: number,
  temporary: number,
  shape: Shape,
  times: number,
): KernelStep => ({
  name: 'repeat channels',
  ...pairs(
    shape,
    times,
    { one: at => at.inputs[input]!, several: at => at.temporaries[temporary]! },
    (f, b) => {
      const value = f.f32(f32.load(b.one))
      for (let d = 0; d < times; d++) f.store(b.several, value, d * FLOAT)
    },
  ),
})

/** Adds every `times` numbers of `temporary` to one of the output: [N,H,W,C·times] → [N,H,W,C]; with `throughRelu` 0 where input 2 is. */
export const sumChannels = (
  temporary: number,
  shape: Shape,
  times: number,
  throughRelu = false,
): KernelStep => ({
  name: 'sum channels',
  ...pairs(shape, times, { one: at => at.output, several: at => at.temporaries[temporary]! }, (f, b, at) => {
    const sum = f.f32(f32.load(b.several))
    for (let d = 1; d < times; d++) f.set(sum, f32.add(sum, f32.load(b.several, d * FLOAT)))
    if (throughRelu) {
      const made = f32.load(i32.add(b.one, at.inputs[2]! - at.output))
      f.set(sum, f32.select(sum, 0, f32.gt(made, 0)))
    }
    f.store(b.one, sum)
  }),
})

interface Places<T> {
  readonly one: T
  readonly several: T
}

/** Calls `body` for each number of an array `shape`, and the `times` numbers that belong to it in another. */
function pairs(
  shape: Shape,
  times: number,
  places: Places<(at: Addresses) => number>,
  body: (f: Emission['f'], places: Places<Local<'i32'>>, at: Addresses) => void,
): Omit<KernelStep, 'name'> {
  const size = sizeOf(shape)
  const emit = ({ f, at, piece }: Emission) => {
    const index = f.i32(i32.mul(piece, PIECE))
    const end = f.i32(i32.min(size, i32.add(index, PIECE)))
    const one = f.i32(i32.add(places.one(at), i32.mul(index, FLOAT)))
    const several = f.i32(i32.add(places.several(at), i32.mul(index, times * FLOAT)))
    f.while(i32.lt(index, end), () => {
      body(f, { one, several }, at)
      f.increase(one, FLOAT)
      f.increase(several, times * FLOAT)
      f.increase(index, 1)
    })
  }
  return { pieces: Math.ceil(size / PIECE), emit }
}
