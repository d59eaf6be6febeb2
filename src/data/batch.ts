import { ShapeError } from '../base/errors.js'
import { formatShape, sizeOf } from '../base/shape.js'
import type { Scaling, Tensor } from '../base/tensor.js'

/**
 * The given rows of `x`, scaled, one after the other.
 *
 * @param into where to write; new memory when left out. It may be longer than what is written.
 */
export function gatherRows(x: Tensor, rows: ArrayLike<number>, into?: Float32Array): Float32Array {
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

function rowCopier(x: Tensor, length: number, result: Float32Array): RowCopier {
  const { data, scaling } = x
  if (data instanceof Uint8Array) return byteCopier(data, length, scalingTable(scaling), result)
  const { scale, offset } = scaling
  if (scale === 1 && offset === 0)
    return (row, to) => result.set(data.subarray(row * length, (row + 1) * length), to)
  return (row, to) => {
    for (let from = row * length, i = 0; i < length; i++) result[to + i] = data[from + i]! * scale + offset
  }
}

function byteCopier(data: Uint8Array, length: number, table: Float32Array, result: Float32Array): RowCopier {
  return (row, to) => {
    for (let from = row * length, i = 0; i < length; i++) result[to + i] = table[data[from + i]!]!
  }
}

function rowInRange(row: number, x: Tensor): number {
  if (!Number.isInteger(row) || row < 0 || row >= x.rows)
    throw new ShapeError(`Batch: there is no row ${row} in a tensor of ${formatShape(x.shape)}.`)
  return row
}
