import { ShapeError } from '../base/errors.js'
import type { Rows } from '../base/rows.js'
import { formatShape, sizeOf } from '../base/shape.js'
import type { Scaling } from '../base/tensor.js'

/**
 * The given rows of `x`, scaled, one after the other.
 *
 * @param into where to write; new memory when left out. It may be longer than what is written.
 */
export function gatherRows(x: Rows, rows: ArrayLike<number>, into?: Float32Array): Float32Array {
  const length = sizeOf(x.shape.slice(1))
  const result = into ?? new Float32Array(rows.length * length)
  const copy = rowCopier(x, length, result)
  for (let i = 0; i < rows.length; i++) copy(rowInRange(rows[i]!, x), i * length)
  return result
}

/**
 * `byte * scale + offset` for every byte, computed in float64 and rounded to float32 once.
 * For 1/255 and -0.5 these are the bits of `byte / 255 - 0.5`.
 */
export const scalingTable = ({ scale, offset }: Scaling): Float32Array =>
  Float32Array.from({ length: 256 }, (_, byte) => byte * scale + offset)

type RowCopier = (row: number, to: number) => void

function rowCopier(x: Rows, length: number, result: Float32Array): RowCopier {
  const { scaling } = x
  if (x.dtype === 'uint8') return byteCopier(x as Rows<Uint8Array>, length, scalingTable(scaling), result)
  const { scale, offset } = scaling
  if (scale === 1 && offset === 0) return (row, to) => result.set(x.row(row), to)
  return (row, to) => {
    const numbers = x.row(row)
    for (let i = 0; i < length; i++) result[to + i] = numbers[i]! * scale + offset
  }
}

function byteCopier(
  x: Rows<Uint8Array>,
  length: number,
  table: Float32Array,
  result: Float32Array,
): RowCopier {
  return (row, to) => {
    const bytes = x.row(row)
    for (let i = 0; i < length; i++) result[to + i] = table[bytes[i]!]!
  }
}

function rowInRange(row: number, x: Rows): number {
  if (!Number.isInteger(row) || row < 0 || row >= x.rows)
    throw new ShapeError(`Batch: there is no row ${row} in a tensor of ${formatShape(x.shape)}.`)
  return row
}
