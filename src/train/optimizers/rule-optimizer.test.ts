import { expect, test } from 'vitest'
import { Graph } from '../../engine/graph/graph.js'
import { adam, adamw } from './adam.js'
import { expectSteps } from './close-to.fixture.js'
import type { CommonOptions } from './common-options.js'
import type { Optimizer } from './optimizer.js'
import { type Rows, runOptimizer, runWeights } from './run.fixture.js'
import { sgd } from './sgd.js'

const norm = (values: readonly number[]) => Math.hypot(...values)

test('weight decay takes its share before the update, and the momentum does not see it', async () => {
  const [learningRate, weightDecay, momentum] = [0.25, 0.125, 0.5]
  const came = await runOptimizer(
    sgd({ learningRate, momentum, weightDecay }),
    [1, -2],
    [
      [0.5, 1],
      [1, -3],
      [-2, 0.25],
    ],
  )
  let [w, v] = [
    [1, -2],
    [0, 0],
  ]
  const expected = [
    [0.5, 1],
    [1, -3],
    [-2, 0.25],
  ].map(g => {
    v = v.map((old, i) => momentum * old - learningRate * g[i]!)
    w = w.map((old, i) => old - old * weightDecay * learningRate + v[i]!)
    return w
  })
  expectSteps(came, expected, [1, -2])
})

test('a small decay is not lost in the rounding of its factor', async () => {
  // 1 - 2e-8 is 1 in float32.
  const [after] = await runOptimizer(sgd({ learningRate: 0.002, weightDecay: 1e-5 }), [2 ** -10], [[0]])
  expect((2 ** -10 - after![0]!) / (2 ** -10 * 2e-8)).toBeCloseTo(0, 9)
  const before = 1024
  const big = await runOptimizer(sgd({ learningRate: 0.5, weightDecay: 3e-7 }), [before], [[0]])
  expect(Math.abs(before * (1 - 1.5e-7) - big[0]![0]!)).toBeLessThan(before * 2 ** -24)
})

test('adamw is adam with a decay', async () => {
  const gradients = [
    [0.5, 1],
    [1, -3],
  ]
  const options = { learningRate: 0.125, weightDecay: 0.5 }
  expect(await runOptimizer(adamw(options), [1, -2], gradients)).toEqual(
    await runOptimizer(adam(options), [1, -2], gradients),
  )
  expect(adamw().config()).toEqual({ ...adam().config(), weightDecay: 0.004 })
  expect(adamw({ weightDecay: null }).config()).toEqual({ ...adam().config(), weightDecay: null })
})

const start: Rows = { a: [1, 2, 3], b: [4], c: [5, 6] }
const gradients: Rows = { a: [1, -2, 2], b: [0.25], c: [0, 12] }
const moved = async (options: CommonOptions): Promise<Record<string, number[]>> => {
  const [after] = await runWeights(sgd({ learningRate: 1, ...options }), start, [gradients])
  return Object.fromEntries(
    Object.entries(start).map(([name, values]) => [
      name,
      values.map((value, i) => value - after![name]![i]!),
    ]),
  )
}

test('clipNorm shortens each gradient that is too long', async () => {
  const { a, b, c } = await moved({ clipNorm: 1.5 })
  expect(a!.map(value => value.toFixed(6))).toEqual(['0.500000', '-1.000000', '1.000000'])
  expect(b).toEqual([0.25])
  expect(norm(c!)).toBeCloseTo(1.5, 6)
})

test('globalClipNorm shortens all of them by one factor', async () => {
  const all = norm(Object.values(gradients).flat())
  const clipped = await moved({ globalClipNorm: 2.5 })
  for (const [name, values] of Object.entries(gradients))
    for (const [i, value] of values.entries()) expect(clipped[name]![i]).toBeCloseTo((value * 2.5) / all, 6)
  expect(await moved({ globalClipNorm: 100 })).toEqual(gradients)
})

test('clipValue keeps every number within the limit', async () => {
  expect(await moved({ clipValue: 1 })).toEqual({ a: [1, -1, 1], b: [0.25], c: [0, 1] })
})

test('groups: rates and decay of their own; the first that names a weight counts', async () => {
  const groups = [
    { weights: 'b', learningRateFactor: 8, weightDecay: 0.5 },
    { weights: ['c', 'b'], learningRateFactor: 0 },
  ]
  const options = { learningRate: 0.25, weightDecay: 0.125, groups }
  const optimizer = sgd({ ...options, momentum: 0.5 })
  const [, after] = await runWeights(optimizer, start, [gradients, gradients])
  const expected = (first: number, g: number, rate: number, decay: number) => {
    const once = first * (1 - decay * 0.25) - rate * g
    return once * (1 - decay * 0.25) - 1.5 * rate * g
  }
  expect(after!.a).toEqual(start.a!.map((value, i) => expected(value, gradients.a![i]!, 0.25, 0.125)))
  // The decay is not multiplied by the factor of the rate.
  expect(after!.b).toEqual([expected(4, 0.25, 2, 0.5)])
  expect(after!.c).toEqual(start.c)
  const slots = (name: string) => optimizer.slots({ name, shape: [1], trainable: true })
  expect([slots('a').length, slots('c').length]).toEqual([1, 0])
  expect(sgd(options).config()).toEqual({ momentum: 0, nesterov: false, ...options })
})

test('frozen weights count neither in the norm of all gradients nor in the graph', async () => {
  const clipped = await moved({
    globalClipNorm: 0.125,
    groups: [{ weights: ['a', 'c'], learningRateFactor: 0 }],
  })
  expect(clipped).toEqual({ a: [0, 0, 0], b: [0.125], c: [0, 0] })
})

const opsOf = (optimizer: Optimizer): string[] => {
  const graph = new Graph()
  const [value, gradient] = [graph.variable('w', [2]), graph.input('g', [2])]
  optimizer.record(graph, [{ name: 'w', value, gradient }])
  return graph.nodes.map(({ op }) => op)
}

test('what is off costs nothing', () => {
  expect(opsOf(sgd())).toEqual(['combine'])
  expect(opsOf(sgd({ momentum: 0.5, nesterov: true }))).toEqual(['combine', 'combine', 'combine'])
  expect(opsOf(adam())).toEqual(['combine', 'combine', 'adamStep'])
  expect(opsOf(sgd({ weightDecay: 0 }))).toEqual(['combine'])
  expect(opsOf(sgd({ weightDecay: 0.1, clipNorm: 1 }))).toEqual([
    'l2Penalty',
    'normFactor',
    'scaleBy',
    'combine',
    'combine',
  ])
})

test.each([
  [{ weightDecay: -0.1 }, 'sgd: weightDecay must be a finite number of at least 0, but -0.1 came.'],
  [{ clipNorm: 0 }, 'sgd: clipNorm must be a finite number above 0, but 0 came.'],
  [{ globalClipNorm: Number.NaN }, 'sgd: globalClipNorm must be a finite number above 0, but NaN came.'],
  [{ clipValue: -1 }, 'sgd: clipValue must be a finite number above 0, but -1 came.'],
  [
    { clipNorm: 1, clipValue: 1 },
    'sgd: clipNorm and clipValue came together, but gradients are clipped in one way only.\n' +
      '  Keep one of clipNorm, globalClipNorm, clipValue.',
  ],
  [{ clipnorm: 1 }, 'sgd: unknown option "clipnorm".\n  Did you mean "clipNorm"?'],
])('refuses %o', (options, message) => {
  expect(() => sgd(options as CommonOptions)).toThrow(message)
})
