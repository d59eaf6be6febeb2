import { type Shape, sizeOf } from '../../base/shape.js'
import type { OpAttributes, PoolKind } from './attributes.js'
import { expectAxes, expectShape, take } from './inputs.js'
import type { Op } from './op.js'
import { eachTap } from './taps.js'
import { throughRelu } from './through-relu.js'
import { windowOutput } from './window.js'

type Pool = OpAttributes['pool2d']

/**
 * The largest, smallest or mean number of each window, channel by channel. Padding never wins and is not counted.
 * Of equal numbers the first one of the window, row by row, is taken, and the gradient goes there; a NaN is passed on.
 * A window that lies wholly in padding (Keras' padding makes none) gives 0 and has no gradient.
 */
export const pool2d: Op<'pool2d'> = {
  shape(pool, inputs) {
    const [x] = take('pool2d', inputs, 'x')
    expectAxes('pool2d', 'x', x, 'N H W C')
    return pooled(pool, x)
  },
  meaning(pool, inputs, shapes, output) {
    const [x] = take('pool2d', inputs, 'x')
    if (pool.kind === 'average') return averages(pool, x, shapes[0]!, output)
    return Float64Array.from(chosen(pool, x, shapes[0]!, output), from => (from < 0 ? 0 : x[from]!))
  },
  gradient(record, { attributes, inputs }, dy) {
    const [x] = take('pool2d', inputs, 'x')
    return [record.apply('pool2dGradient', attributes, [dy, x])]
  },
}

export const pool2dGradient: Op<'pool2dGradient'> = {
  shape(pool, inputs) {
    const [dy, x] = take('pool2dGradient', inputs, 'dy', 'x')
    expectAxes('pool2dGradient', 'x', x, 'N H W C')
    expectShape('pool2dGradient', 'dy', dy, pooled(pool, x))
    return x
  },
  meaning(pool, inputs, shapes, output) {
    const [dy, x] = take('pool2dGradient', inputs, 'dy', 'x')
    const dx =
      pool.kind === 'average'
        ? spreadAverages(pool, dy, shapes[0]!, output)
        : spreadChosen(pool, dy, x, { input: output, output: shapes[0]! })
    return pool.throughRelu ? throughRelu(dx, x) : dx
  },
  gradient: null,
}

const pooled = (pool: Pool, x: Shape): Shape => [x[0]!, ...windowOutput([x[1]!, x[2]!], pool), x[3]!]

/** For each output element the input element it shows; -1 where the window lies wholly in padding. */
function chosen(pool: Pool, x: Float64Array, input: Shape, output: Shape): Int32Array {
  const C = input[3]!
  const wins = winner[pool.kind as Exclude<PoolKind, 'average'>]
  const best = new Int32Array(sizeOf(output)).fill(-1)
  eachTap(pool, input, output, (from, to) => {
    for (let c = 0; c < C; c++) {
      const before = best[to * C + c]!
      const now = from * C + c
      if (before < 0 || wins(x[now]!, x[before]!)) best[to * C + c] = now
    }
  })
  return best
}

/** Strict, so that the first of equals stays; NaN beats every number. */
const winner = {
  max: (now: number, before: number): boolean => now > before || Number.isNaN(now),
  min: (now: number, before: number): boolean => now < before || Number.isNaN(now),
}

function spreadChosen(
  pool: Pool,
  dy: Float64Array,
  x: Float64Array,
  { input, output }: { input: Shape; output: Shape },
): Float64Array {
  const dx = new Float64Array(x.length)
  chosen(pool, x, input, output).forEach((from, i) => {
    if (from >= 0) dx[from]! += dy[i]!
  })
  return dx
}

function averages(pool: Pool, x: Float64Array, input: Shape, output: Shape): Float64Array {
  const C = input[3]!
  const cells = realCells(pool, input, output)
  const y = new Float64Array(sizeOf(output))
  eachTap(pool, input, output, (from, to) => {
    for (let c = 0; c < C; c++) y[to * C + c]! += x[from * C + c]! / cells[to]!
  })
  return y
}

function spreadAverages(pool: Pool, dy: Float64Array, output: Shape, input: Shape): Float64Array {
  const C = input[3]!
  const cells = realCells(pool, input, output)
  const dx = new Float64Array(sizeOf(input))
  eachTap(pool, input, output, (from, to) => {
    for (let c = 0; c < C; c++) dx[from * C + c]! += dy[to * C + c]! / cells[to]!
  })
  return dx
}

/** How many cells of each window lie in the picture. */
function realCells(pool: Pool, input: Shape, output: Shape): Int32Array {
  const cells = new Int32Array(sizeOf(output.slice(0, 3)))
  eachTap(pool, input, output, (_, to) => cells[to]!++)
  return cells
}
