import { f32, i32 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { FLOAT, type KernelFor } from '../kernel.js'
import { copyFloats } from '../move-floats.js'
import { borderCell, eachPicture, type OnePicture, type Pictures } from './picture.js'

/** Where each column comes from is found once a picture and kept in scratch memory. */
export const movePictures: KernelFor<'movePictures'> = ({ attributes: border, output }) => {
  const pictures = output as unknown as Pictures
  const [, H, W, C] = pictures
  return eachPicture(
    'move pictures',
    pictures,
    4,
    picture => {
      const { f, scratch, to } = picture
      const [i, j] = [f.i32(), f.i32()]
      f.for(j, 0, W, 1, () => {
        const cell = f.i32(borderCell(f, border, comesFrom(picture, j, W, 0), W))
        f.store(i32.add(scratch, i32.mul(j, FLOAT)), i32.mul(cell, C * FLOAT))
      })
      f.for(i, 0, H, 1, () => {
        const row = f.i32(borderCell(f, border, comesFrom(picture, i, H, 1), H))
        f.if(
          i32.lt(row, 0),
          () => fillCells(picture, W, C, border.value),
          () => copyRow(picture, row, [W, C], border.value),
        )
        f.increase(to, W * C * FLOAT)
      })
    },
    W,
  )
}

/** Place `at` before the picture was mirrored and moved along an axis; the place may lie outside. */
function comesFrom(
  { f, parameter }: OnePicture,
  at: Local<'i32'>,
  length: number,
  axis: 0 | 1,
): Local<'i32'> {
  const by = f.i32(i32.signedFromF32(parameter(2 + axis)))
  const mirrored = i32.add(i32.sub(length - 1, at), by)
  return f.i32(i32.select(mirrored, i32.sub(at, by), f32.lt(parameter(axis), 0)))
}

function copyRow(
  picture: OnePicture,
  row: Local<'i32'>,
  [W, C]: readonly [number, number],
  value: number,
): void {
  const { f, from, to, scratch } = picture
  const start = f.i32(i32.add(from, i32.mul(row, W * C * FLOAT)))
  const [j, cell, source, target] = [f.i32(), f.i32(), f.i32(), f.i32(to)]
  f.for(j, 0, W, 1, () => {
    f.set(cell, i32.load(i32.add(scratch, i32.mul(j, FLOAT))))
    f.if(
      i32.lt(cell, 0),
      () => {
        for (let c = 0; c < C; c++) f.store(target, f32.const(value), c * FLOAT)
      },
      () => {
        f.set(source, i32.add(start, cell))
        copyFloats(f, C, [target, 0], [source, 0])
      },
    )
    f.increase(target, C * FLOAT)
  })
}

function fillCells({ f, to }: OnePicture, W: number, C: number, value: number): void {
  const offset = f.i32()
  f.for(offset, 0, W * C * FLOAT, FLOAT, () => f.store(i32.add(to, offset), f32.const(value)))
}
