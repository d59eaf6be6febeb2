import { type Expression, f32x4, i32, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'

/** Vectors that one piece of a reduction adds up. */
const PIECE_VECTORS = 256

/** Partial sums as they lie in memory, `[groups][rows][paddedColumns]`; what is padding goes nowhere. */
interface PartialSums {
  readonly groups: number
  readonly rows: number
  readonly columns: number
  readonly paddedColumns: number
}

/**
 * The last step of a sum that was cut into groups: adds the groups' partial sums in `temporary`, always in the order
 * of the groups, so that the result is the same however many threads made them. The output is `[rows][columns]`.
 */
export function addPartialSums(temporary: number, sums: PartialSums, factor = 1): KernelStep {
  const { groups, rows, columns, paddedColumns } = sums
  // Without padding the rows are one long row.
  const flat =
    columns === paddedColumns
      ? { groups, rows: 1, columns: rows * columns, paddedColumns: rows * columns }
      : sums
  const chunks = Math.ceil(vectorsOf(flat) / PIECE_VECTORS)
  return {
    name: 'add partial sums',
    pieces: flat.rows * chunks,
    emit: emission => emitChunk(emission, temporary, flat, chunks, factor),
  }
}

const vectorsOf = ({ columns }: PartialSums): number => Math.ceil(columns / LANES)

/** One chunk of one row. */
function emitChunk(
  { f, at, piece }: Emission,
  temporary: number,
  sums: PartialSums,
  chunks: number,
  factor: number,
): void {
  const { groups, rows, columns, paddedColumns } = sums
  const vectors = vectorsOf(sums)
  const row = f.i32(i32.div(piece, chunks))
  const start = f.i32(i32.mul(i32.rem(piece, chunks), PIECE_VECTORS))
  const end = f.i32(i32.min(vectors, i32.add(start, PIECE_VECTORS)))
  const [from, to, position, sum] = [f.i32(), f.i32(), f.i32(), f.v128()]
  f.for(position, start, end, 1, () => {
    const offset = i32.mul(position, LANES * FLOAT)
    f.set(from, i32.add(i32.add(at.temporaries[temporary]!, i32.mul(row, paddedColumns * FLOAT)), offset))
    f.set(to, i32.add(i32.add(at.output, i32.mul(row, columns * FLOAT)), offset))
    f.set(sum, v128.load(from))
    f.for(f.i32(), 1, groups, 1, () => {
      f.increase(from, rows * paddedColumns * FLOAT)
      f.set(sum, f32x4.add(sum, v128.load(from)))
    })
    if (factor !== 1) f.set(sum, f32x4.mul(sum, factor))
    storeWithin(f, { to, sum, last: i32.eq(position, vectors - 1), rest: columns % LANES })
  })
}

/** Stores a vector of a row; of the last one only the lanes that belong to it. */
function storeWithin(
  f: Emission['f'],
  v: { to: Local<'i32'>; sum: Local<'v128'>; last: Expression<'i32'>; rest: number },
): void {
  const whole = () => f.storeVector(v.to, v.sum)
  if (v.rest === 0) whole()
  else f.if(v.last, () => f.storeLanes(v.to, v.sum, v.rest), whole)
}
