import { f32x4, i32, v128 } from '../assembler/expressions.js'
import { FLOAT, type KernelStep, LANES } from './kernel.js'

/** Vectors that one piece of a reduction adds up. */
const PIECE_VECTORS = 256

/**
 * The last step of a sum that was cut into groups: adds the groups' partial sums, always in the order of the groups,
 * so that the result is the same however many threads made them. Partial sums lie in `temporary` as
 * `[groups][rows][paddedColumns]`; the output is `[rows][columns]`.
 */
export function addPartialSums(
  temporary: number,
  {
    groups,
    rows,
    columns,
    paddedColumns,
  }: { groups: number; rows: number; columns: number; paddedColumns: number },
  factor = 1,
): KernelStep {
  const wide = columns === paddedColumns
  // Without padding the rows are one long row.
  const height = wide ? 1 : rows
  const width = wide ? rows * columns : columns
  const vectors = Math.ceil(width / LANES)
  const chunks = Math.ceil(vectors / PIECE_VECTORS)
  return {
    name: 'add partial sums',
    pieces: height * chunks,
    emit({ f, at, piece }) {
      const row = f.i32(i32.div(piece, chunks))
      const start = f.i32(i32.mul(i32.rem(piece, chunks), PIECE_VECTORS))
      const end = f.i32(i32.min(vectors, i32.add(start, PIECE_VECTORS)))
      const from = f.i32()
      const to = f.i32()
      const position = f.i32()
      const sum = f.v128()
      const padded = wide ? width : paddedColumns
      f.for(position, start, end, 1, () => {
        const offset = i32.mul(position, LANES * FLOAT)
        f.set(from, i32.add(i32.add(at.temporaries[temporary]!, i32.mul(row, padded * FLOAT)), offset))
        f.set(to, i32.add(i32.add(at.output, i32.mul(row, width * FLOAT)), offset))
        f.set(sum, v128.load(from))
        f.for(f.i32(), 1, groups, 1, () => {
          f.increase(from, height * padded * FLOAT)
          f.set(sum, f32x4.add(sum, v128.load(from)))
        })
        if (factor !== 1) f.set(sum, f32x4.mul(sum, factor))
        const rest = width % LANES
        if (rest === 0) f.storeVector(to, sum)
        else
          f.if(
            i32.eq(position, vectors - 1),
            () => f.storeLanes(to, sum, rest),
            () => f.storeVector(to, sum),
          )
      })
    },
  }
}
