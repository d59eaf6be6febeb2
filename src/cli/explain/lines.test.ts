import { expect, test } from 'vitest'
import type { Shape } from '../../base/shape.js'
import type { OpName } from '../../engine/ops/attributes.js'
import { linesOf } from './lines.js'

const kernel = (label: string, op: OpName, output: Shape, milliseconds?: number) => ({
  label,
  op,
  algorithm: `${op}'s way`,
  inputs: [output],
  output,
  pieces: 2,
  bytes: 100,
  flop: 10,
  ...(milliseconds !== undefined && { milliseconds }),
})

test('small kernels of a layer that do the same share a line, also with others in between', () => {
  const lines = linesOf([
    kernel('adam', 'combine', [3, 5], 0.5),
    kernel('adam', 'adamStep', [3, 5], 0.25),
    kernel('adam', 'combine', [4], 0.5),
    kernel('adam', 'adamStep', [4], 0.5),
  ])
  expect(lines).toEqual([
    { ...kernel('adam', 'combine', [19], 1), count: 2, inputs: [], pieces: 4, bytes: 200, flop: 20 },
    { ...kernel('adam', 'adamStep', [19], 0.75), count: 2, inputs: [], pieces: 4, bytes: 200, flop: 20 },
  ])
})

test('products stand alone, and so do kernels of different layers', () => {
  const kernels = [
    kernel('dense', 'matmul', [2, 3]),
    kernel('dense', 'matmul', [4, 3]),
    kernel('dense', 'channelSum', [3]),
    kernel('dense_1', 'channelSum', [3]),
    kernel('dense', 'channelSum', [3]),
  ]
  expect(linesOf(kernels)).toEqual(kernels.map(kernel => ({ ...kernel, count: 1 })))
})
