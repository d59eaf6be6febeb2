import type { OpAttributes, PoolKind } from '../../../ops/attributes.js'
import { type Expression, f32x4, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { passed } from './epilogue.js'
import { type Emission, FLOAT, type Kernel } from './kernel.js'
import { EMPTY, eachFour, type Picture } from './pooling.js'

type Pool = OpAttributes['pool2d']

/** Cells of a window that are written out one by one. */
const MOST_CELLS = 9

/**
 * Pooling whose windows lie side by side in the picture, as nearly all do: every cell belongs to one window at most,
 * its place is known when the code is written, and its gradient is written once.
 */
export const isDisjoint = ({ kernel, strides, dilation, pad }: Pool): boolean =>
  kernel[0] === strides[0] &&
  kernel[1] === strides[1] &&
  kernel[0] * kernel[1] <= MOST_CELLS &&
  Math.max(...dilation) === 1 &&
  pad.top + pad.bottom + pad.left + pad.right === 0

/** A piece is one row of the output. */
export function disjointPool(pool: Pool, x: Picture, y: Picture): Kernel {
  const emit = (emission: Emission) => {
    const { f, at } = emission
    eachWindow(emission, pool, x, y, (window, c, lanes) => {
      const value = reduced(
        f,
        pool.kind,
        cellsOf(pool, x).map(cell => v128.load(i32.add(at.inputs[0]!, window), cell)),
      )
      f.storeLanes(i32.add(at.output, c), value, lanes)
    })
  }
  return { steps: [{ name: `${pool.kind} pool`, pieces: y[0] * y[1], emit }] }
}

export function disjointPoolGradient(pool: OpAttributes['pool2dGradient'], x: Picture, y: Picture): Kernel {
  const emit = (emission: Emission) => {
    const { f, at } = emission
    const cells = cellsOf(pool, x)
    if (hasRest(pool, x)) clearRows(emission, pool, x, y)
    eachWindow(emission, pool, x, y, (window, c, lanes) => {
      const values = cells.map(cell => v128.load(i32.add(at.inputs[1]!, window), cell))
      const gradient = f.v128(v128.load(i32.add(at.inputs[0]!, c)))
      const give = (share: Expression<'v128'>, index: number) =>
        f.storeLanes(i32.add(at.output, window), share, lanes, cells[index]!)
      const shares =
        pool.kind === 'average'
          ? averageShares(f, pool, gradient, values)
          : winnersShares(f, pool, gradient, values)
      shares.forEach(give)
    })
  }
  return { steps: [{ name: `${pool.kind} pool gradient`, pieces: y[0] * y[1], emit }] }
}

/** Bytes from a window's first cell to each of its cells. */
const cellsOf = ({ kernel }: Pool, [, , width, channels]: Picture): number[] =>
  Array.from({ length: kernel[0] * kernel[1] }, (_, i) => {
    const row = Math.floor(i / kernel[1])
    return (row * width + (i % kernel[1])) * channels * FLOAT
  })

/**
 * Calls `body` for four channels of each window of a row: `window` is where its first cell lies among the pictures, `c` where
 * its result lies among the results, both in bytes.
 */
function eachWindow(
  { f, piece }: Emission,
  { kernel }: Pool,
  [, height, width, channels]: Picture,
  [, rows, columns]: Picture,
  body: (window: Local<'i32'>, result: Local<'i32'>, lanes: number) => void,
): void {
  const cell = channels * FLOAT
  const image = i32.div(piece, rows)
  const row = i32.add(i32.mul(image, height), i32.mul(i32.rem(piece, rows), kernel[0]))
  const start = f.i32(i32.mul(row, width * cell))
  const [window, result] = [f.i32(), f.i32(i32.mul(piece, columns * cell))]
  f.for(f.i32(), 0, columns, 1, () => {
    eachFour(f, channels, (c, lanes) => {
      f.set(window, i32.add(start, c))
      body(window, f.i32(i32.add(result, c)), lanes)
    })
    f.increase(start, kernel[1] * cell)
    f.increase(result, cell)
  })
}

function reduced(f: FunctionBuilder, kind: PoolKind, values: Expression<'v128'>[]): Expression<'v128'> {
  const join = kind === 'max' ? f32x4.max : kind === 'min' ? f32x4.min : f32x4.add
  const sum = f.v128(join(EMPTY[kind], values[0]!))
  for (const value of values.slice(1)) f.set(sum, join(sum, value))
  return kind === 'average' ? f32x4.div(sum, values.length) : sum
}

function averageShares(
  f: FunctionBuilder,
  { throughRelu }: OpAttributes['pool2dGradient'],
  gradient: Local<'v128'>,
  values: Expression<'v128'>[],
): Expression<'v128'>[] {
  const share = f.v128(f32x4.div(gradient, values.length))
  return values.map(value => (throughRelu ? passed(share, value) : share))
}

/** The first extreme cell gets the gradient, the others nothing. */
function winnersShares(
  f: FunctionBuilder,
  { kind, throughRelu }: OpAttributes['pool2dGradient'],
  gradient: Local<'v128'>,
  values: Expression<'v128'>[],
): Expression<'v128'>[] {
  const better = kind === 'max' ? f32x4.gt : f32x4.lt
  const [best, value] = [f.v128(EMPTY[kind]), f.v128()]
  const beats = values.map(cell => {
    f.set(value, cell)
    const mask = f.v128(better(value, best))
    f.set(best, v128.select(value, best, mask))
    return mask
  })
  if (throughRelu) f.set(gradient, passed(gradient, best))
  // From the last cell to the first: who beat those before it, and was not beaten by one behind it. Where nobody beat
  // anybody, the first is taken.
  const taken = f.v128(0)
  return values
    .map((_, i) => i)
    .reverse()
    .map(i => {
      if (i === 0) return v128.andNot(gradient, taken)
      const share = f.v128(v128.and(gradient, v128.andNot(beats[i]!, taken)))
      f.set(taken, v128.or(taken, beats[i]!))
      return share
    })
    .reverse()
}

/** Rows or columns behind the last window: nobody gives them a gradient. */
const hasRest = ({ kernel }: Pool, [, height, width]: Picture): boolean =>
  height % kernel[0] > 0 || width % kernel[1] > 0

/** Clears the rows under a row of windows; under the last one the rest of the picture too. */
function clearRows(
  { f, at, piece }: Emission,
  { kernel }: Pool,
  [, height, width, channels]: Picture,
  [, rows]: Picture,
): void {
  const rowBytes = width * channels * FLOAT
  const row = f.i32(i32.rem(piece, rows))
  const first = i32.add(i32.mul(i32.div(piece, rows), height), i32.mul(row, kernel[0]))
  const start = i32.add(at.output, i32.mul(first, rowBytes))
  const last = height - (rows - 1) * kernel[0]
  f.clear(start, i32.mul(i32.select(last, kernel[0], i32.eq(row, rows - 1)), rowBytes))
}
