import { type Integer, i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT } from './kernel.js'
import { clearFloats, copyFloats } from './move-floats.js'

/**
 * A window's view of a picture: padded with zeros, and with zeros between its cells where `insert` is above 1 (that
 * is how the gradient of a strided convolution is again a convolution). All in cells.
 */
export interface Staging {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly insert: readonly [number, number]
  /** Zeros before the first row and column; negative: cells that are left out there, possible where nothing is inserted. */
  readonly top: number
  readonly left: number
  /** Columns of the view: what the window reaches. */
  readonly columns: number
}

/** Floats of one row of the view. */
export const stagedRow = ({ columns, channels }: Staging): number => columns * channels

/** True where the view is the picture itself, and nothing needs to be copied. */
export const isPlain = (
  { insert, top, left, columns, width }: Staging,
  rows: number,
  height: number,
): boolean =>
  insert[0] === 1 && insert[1] === 1 && top === 0 && left === 0 && columns <= width && rows <= height

/** Copies rows `first` … `first + rows - 1` of the view of the picture at `picture` to `to`. */
export function stageRows(
  { f }: Emission,
  staging: Staging,
  { picture, first, rows, to }: { picture: Integer; first: Integer; rows: number; to: Integer },
): void {
  const { height, top, insert } = staging
  const row = f.i32()
  const target = f.i32(to)
  const source = f.i32()
  const floats = stagedRow(staging)
  f.for(row, 0, rows, 1, () => {
    f.set(source, i32.sub(i32.add(row, first), top))
    const inside = i32.and(i32.ge(source, 0), i32.lt(source, (height - 1) * insert[0] + 1))
    const real = insert[0] === 1 ? inside : i32.and(inside, i32.eqz(i32.rem(source, insert[0])))
    f.if(
      real,
      () => copyRow(f, staging, picture, insert[0] === 1 ? source : i32.div(source, insert[0]), target),
      () => clearFloats(f, floats, [target, 0]),
    )
    f.increase(target, floats * FLOAT)
  })
}

function copyRow(
  f: Emission['f'],
  { width, channels, left, columns, insert }: Staging,
  picture: Integer,
  row: Integer,
  target: Local<'i32'>,
): void {
  const source = f.i32(i32.add(picture, i32.mul(row, width * channels * FLOAT)))
  if (insert[1] === 1) {
    const [zeros, skipped] = [Math.max(0, left), Math.max(0, -left)]
    const copied = Math.max(0, Math.min(width - skipped, columns - zeros))
    const right = columns - zeros - copied
    clearFloats(f, zeros * channels, [target, 0])
    copyFloats(f, copied * channels, [target, zeros * channels], [source, skipped * channels])
    clearFloats(f, right * channels, [target, (zeros + copied) * channels])
    return
  }
  const copied = Math.min(width, Math.ceil((columns - left) / insert[1]))
  const to = f.i32(i32.add(target, left * channels * FLOAT))
  clearFloats(f, columns * channels, [target, 0])
  f.for(f.i32(), 0, copied, 1, () => {
    copyFloats(f, channels, [to, 0], [source, 0])
    f.increase(to, insert[1] * channels * FLOAT)
    f.increase(source, channels * FLOAT)
  })
}
