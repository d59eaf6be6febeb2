import { sizeOf } from '../../../../../base/shape.js'
import { type Expression, f32, f32x4, i32, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { type Emission, FLOAT, type KernelFor, LANES } from '../kernel.js'
import { eachPicture, type OnePicture, type Pictures } from './picture.js'

export const coverBoxes: KernelFor<'coverBoxes'> = ({ attributes: { value }, output }) => {
  const pictures = output as unknown as Pictures
  return eachPicture('cover boxes', pictures, 4, picture => {
    const { f, to } = picture
    copyAll(picture, pictures)
    eachRun(picture, pictures, (start, bytes) => {
      const end = f.i32(i32.add(start, bytes))
      const address = f.i32(i32.add(to, start))
      f.set(end, i32.add(to, end))
      f.while(i32.lt(address, end), () => {
        f.store(address, f32.const(value))
        f.increase(address, FLOAT)
      })
    })
  })
}

export const pasteBoxes: KernelFor<'pasteBoxes'> = ({ output }) => {
  const pictures = output as unknown as Pictures
  return eachPicture('paste boxes', pictures, 5, picture => {
    const { f, at, to, parameter } = picture
    copyAll(picture, pictures)
    const bytes = sizeOf(output.slice(1)) * FLOAT
    const other = f.i32(i32.add(at.inputs[0]!, i32.mul(i32.fromF32(parameter(4)), bytes)))
    eachRun(picture, pictures, (start, bytes) => f.copy(i32.add(to, start), i32.add(other, start), bytes))
  })
}

const copyAll = ({ f, from, to }: OnePicture, [, H, W, C]: Pictures): void =>
  f.copy(to, from, H * W * C * FLOAT)

/** Writes `body` for each row of the box: where it begins in the picture, and how long it is, in bytes. */
function eachRun(
  { f, parameter }: OnePicture,
  [, , W, C]: Pictures,
  body: (start: Local<'i32'>, bytes: Local<'i32'>) => void,
): void {
  const whole = (i: number) => i32.fromF32(parameter(i))
  const start = f.i32(i32.mul(i32.add(i32.mul(whole(0), W), whole(1)), C * FLOAT))
  const bytes = f.i32(i32.mul(whole(3), C * FLOAT))
  f.for(f.i32(), 0, whole(2), 1, () => {
    body(start, bytes)
    f.increase(start, W * C * FLOAT)
  })
}

/** A piece is a row; where its share is 1 it is copied. */
export const mixRows: KernelFor<'mixRows'> = ({ output }) => {
  const length = sizeOf(output.slice(1))
  const emit = ({ f, at, piece }: Emission) => {
    const numbers = i32.add(at.inputs[1]!, i32.mul(piece, 2 * FLOAT))
    const share = f.f32(f32.load(numbers))
    const rest = f.f32(f32.sub(f32.const(1), share))
    const rowAt = (buffer: number, row: Expression<'i32'>) =>
      f.i32(i32.add(buffer, i32.mul(row, length * FLOAT)))
    const [own, to] = [rowAt(at.inputs[0]!, piece), rowAt(at.output, piece)]
    const other = rowAt(at.inputs[0]!, i32.fromF32(f32.load(numbers, FLOAT)))
    const four = (offset: Local<'i32'>, lanes: number) => {
      const mine = f32x4.mul(f32x4.splat(share), v128.load(i32.add(own, offset)))
      const theirs = f32x4.mul(f32x4.splat(rest), v128.load(i32.add(other, offset)))
      f.storeLanes(i32.add(to, offset), f.v128(f32x4.add(mine, theirs)), lanes)
    }
    const mixed = () => {
      const [offset, left] = [f.i32(0), length % LANES]
      f.for(offset, 0, (length - left) * FLOAT, LANES * FLOAT, () => four(offset, LANES))
      if (left > 0) four(offset, left)
    }
    f.if(f32.eq(share, 1), () => f.copy(to, own, length * FLOAT), mixed)
  }
  return { steps: [{ name: 'mix rows', pieces: output[0]!, emit }] }
}
