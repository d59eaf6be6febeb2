import { sizeOf } from '../../../../base/shape.js'
import { type Expression, type Float, f32, f32x4, type Integer, i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { type Emission, FLOAT, type Kernel, type KernelFor } from './kernel.js'

/** Rows that one piece computes. */
const PIECE_ROWS = 16

/** What a row kernel writes one row with: everything scalar, for rows are as short as there are classes. */
class Row {
  constructor(
    readonly emission: Emission,
    readonly index: Local<'i32'>,
    private readonly length: number,
  ) {}

  /** Calls `body` for every column; `offset` is the column's distance from the row's start in bytes. */
  each(body: (offset: Local<'i32'>) => void): void {
    const { f } = this.emission
    const offset = f.i32()
    f.for(offset, 0, this.length * FLOAT, FLOAT, () => body(offset))
  }

  /** Address of this row in an input, or in the output. */
  of(buffer: number): Local<'i32'> {
    return this.emission.f.i32(i32.add(buffer, i32.mul(this.index, this.length * FLOAT)))
  }

  sum(term: (offset: Local<'i32'>) => Expression<'f32'>): Local<'f32'> {
    const { f } = this.emission
    const total = f.f32(0)
    this.each(offset => f.set(total, f32.add(total, term(offset))))
    return total
  }

  largest(row: Integer): Local<'f32'> {
    const { f } = this.emission
    const found = f.f32(Number.NEGATIVE_INFINITY)
    this.each(offset => f.set(found, f32.max(found, at(row, offset))))
    return found
  }

  exp = (x: Float): Expression<'f32'> => f32.lane(this.emission.math.exp(f32x4.splat(x)), 0)
  log = (x: Float): Expression<'f32'> => f32.lane(this.emission.math.log(f32x4.splat(x)), 0)
}

const at = (row: Integer, offset: Integer): Expression<'f32'> => f32.load(i32.add(row, offset))

/** A kernel that treats its inputs row by row, a row being what follows the first axis (or the last axis alone). */
function rowwise(name: string, rows: number, length: number, write: (row: Row) => void): Kernel {
  const emit = (emission: Emission) => {
    const { f, piece } = emission
    const index = f.i32(i32.mul(piece, PIECE_ROWS))
    const end = f.i32(i32.min(rows, i32.add(index, PIECE_ROWS)))
    f.while(i32.lt(index, end), () => {
      write(new Row(emission, index, length))
      f.increase(index, 1)
    })
  }
  return { steps: [{ name, pieces: Math.ceil(rows / PIECE_ROWS), emit }] }
}

const lastAxis = (shape: readonly number[]): [number, number] => [
  sizeOf(shape) / shape.at(-1)!,
  shape.at(-1)!,
]
const firstAxis = (shape: readonly number[]): [number, number] => [shape[0]!, sizeOf(shape) / shape[0]!]

/** Address of the one number a row has in a buffer of shape [N]. */
const single = ({ index }: Row, buffer: number): Expression<'i32'> => i32.add(buffer, i32.mul(index, FLOAT))

export const softmax: KernelFor<'softmax'> = ({ output }) =>
  rowwise('softmax', ...lastAxis(output), row => {
    const { f, at: place } = row.emission
    const [x, y] = [row.of(place.inputs[0]!), row.of(place.output)]
    const top = row.largest(x)
    row.each(offset => f.store(i32.add(y, offset), row.exp(f32.sub(at(x, offset), top))))
    const total = row.sum(offset => at(y, offset))
    row.each(offset => f.store(i32.add(y, offset), f32.div(at(y, offset), total)))
  })

export const softmaxGradient: KernelFor<'softmaxGradient'> = ({ output }) =>
  rowwise('softmax gradient', ...lastAxis(output), row => {
    const { f, at: place } = row.emission
    const [dy, y, dx] = [row.of(place.inputs[0]!), row.of(place.inputs[1]!), row.of(place.output)]
    const common = row.sum(offset => f32.mul(at(dy, offset), at(y, offset)))
    row.each(offset => f.store(i32.add(dx, offset), f32.mul(at(y, offset), f32.sub(at(dy, offset), common))))
  })

export const softmaxCrossEntropy: KernelFor<'softmaxCrossEntropy'> = ({ inputs }) =>
  rowwise('softmax cross-entropy', ...lastAxis(inputs[0]!), row => {
    const { f, at: place } = row.emission
    const [z, t] = [row.of(place.inputs[0]!), row.of(place.inputs[1]!)]
    const top = row.largest(z)
    const total = row.sum(offset => row.exp(f32.sub(at(z, offset), top)))
    const normaliser = f.f32(row.log(total))
    const loss = row.sum(offset => f32.mul(at(t, offset), f32.sub(normaliser, f32.sub(at(z, offset), top))))
    f.store(single(row, place.output), loss)
  })

/** dloss · (softmax(z) · Σ target - target) */
export const softmaxCrossEntropyGradient: KernelFor<'softmaxCrossEntropyGradient'> = ({ output }) =>
  rowwise('softmax cross-entropy gradient', ...lastAxis(output), row => {
    const { f, at: place } = row.emission
    const [z, t, dz] = [row.of(place.inputs[1]!), row.of(place.inputs[2]!), row.of(place.output)]
    const top = row.largest(z)
    row.each(offset => f.store(i32.add(dz, offset), row.exp(f32.sub(at(z, offset), top))))
    const total = row.sum(offset => at(dz, offset))
    const share = f.f32(
      f32.div(
        row.sum(offset => at(t, offset)),
        total,
      ),
    )
    const scale = f.f32(f32.load(single(row, place.inputs[0]!)))
    row.each(offset => {
      const p = f32.mul(at(dz, offset), share)
      f.store(i32.add(dz, offset), f32.mul(scale, f32.sub(p, at(t, offset))))
    })
  })

/** Probabilities are kept away from 0 and 1 by as much (Keras' epsilon). */
const EPSILON = 1e-7
const clipped = (p: Float): Expression<'f32'> => f32.max(f32.min(p, 1 - EPSILON), EPSILON)

export const crossEntropy: KernelFor<'crossEntropy'> = ({ inputs }) =>
  rowwise('cross-entropy', ...lastAxis(inputs[0]!), row => {
    const { f, at: place } = row.emission
    const [p, t] = [row.of(place.inputs[0]!), row.of(place.inputs[1]!)]
    const total = row.sum(offset => at(p, offset))
    const loss = row.sum(offset =>
      f32.mul(at(t, offset), f32.neg(row.log(clipped(f32.div(at(p, offset), total))))),
    )
    f.store(single(row, place.output), loss)
  })

/** With q = p / Σp and u = -t / q where q was not clipped, else 0: dp = dloss · (u - Σ u q) / Σp. */
export const crossEntropyGradient: KernelFor<'crossEntropyGradient'> = ({ output }) =>
  rowwise('cross-entropy gradient', ...lastAxis(output), row => {
    const { f, at: place } = row.emission
    const [p, t, dp] = [row.of(place.inputs[1]!), row.of(place.inputs[2]!), row.of(place.output)]
    const total = row.sum(offset => at(p, offset))
    const q = f.f32()
    row.each(offset => {
      f.set(q, f32.div(at(p, offset), total))
      const inside = i32.and(f32.gt(q, EPSILON), f32.lt(q, 1 - EPSILON))
      f.store(i32.add(dp, offset), f32.select(f32.neg(f32.div(at(t, offset), q)), 0, inside))
    })
    const common = f.f32(
      f32.div(
        row.sum(offset => f32.mul(at(dp, offset), at(p, offset))),
        total,
      ),
    )
    const scale = f.f32(f32.div(f32.load(single(row, place.inputs[0]!)), total))
    row.each(offset => f.store(i32.add(dp, offset), f32.mul(scale, f32.sub(at(dp, offset), common))))
  })

export const squaredError: KernelFor<'squaredError'> = ({ inputs }) => {
  const [rows, length] = firstAxis(inputs[0]!)
  return rowwise('squared error', rows, length, row => {
    const { f, at: place } = row.emission
    const [y, t] = [row.of(place.inputs[0]!), row.of(place.inputs[1]!)]
    const distance = f.f32()
    const total = row.sum(offset => {
      f.set(distance, f32.sub(at(y, offset), at(t, offset)))
      return f32.mul(distance, distance)
    })
    f.store(single(row, place.output), f32.div(total, length))
  })
}

export const squaredErrorGradient: KernelFor<'squaredErrorGradient'> = ({ output }) => {
  const [rows, length] = firstAxis(output)
  return rowwise('squared error gradient', rows, length, row => {
    const { f, at: place } = row.emission
    const [y, t, dy] = [row.of(place.inputs[1]!), row.of(place.inputs[2]!), row.of(place.output)]
    const scale = f.f32(f32.mul(f32.load(single(row, place.inputs[0]!)), 2 / length))
    row.each(offset => f.store(i32.add(dy, offset), f32.mul(scale, f32.sub(at(y, offset), at(t, offset)))))
  })
}

/** Counts the classes that stand before the target's: larger, or as large and lower. A NaN is never a hit. */
export const topK: KernelFor<'topK'> = ({ attributes, inputs }) =>
  rowwise('top k', ...lastAxis(inputs[0]!), row => {
    const { f, at: place } = row.emission
    const [y, t] = [row.of(place.inputs[0]!), row.of(place.inputs[1]!)]
    const best = f.f32(Number.NEGATIVE_INFINITY)
    const target = f.i32(0)
    row.each(offset =>
      f.if(f32.gt(at(t, offset), best), () => {
        f.set(best, at(t, offset))
        f.set(target, offset)
      }),
    )
    const score = f.f32(at(y, target))
    const before = f.i32(0)
    row.each(offset => {
      const other = f.f32(at(y, offset))
      const tie = i32.and(f32.eq(other, score), i32.lt(offset, target))
      const ahead = i32.or(f32.gt(other, score), tie)
      f.increase(before, i32.select(attributes.k, ahead, f32.ne(other, other)))
    })
    f.store(single(row, place.output), f32.fromI32(i32.lt(before, attributes.k)))
  })
