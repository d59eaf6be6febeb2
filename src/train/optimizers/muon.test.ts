import { describe, expect, test } from 'vitest'
import { hearNotices } from '../../base/notices.js'
import { Random } from '../../base/random.js'
import { wasmBackend } from '../../engine/backends/wasm/wasm.js'
import { Graph } from '../../engine/graph/graph.js'
import { adam } from './adam.js'
import { type MuonOptions, muon } from './muon.js'
import { matrixShape, orthogonalCoefficients, orthogonalize } from './orthogonalize.js'
import { optimizerFromName } from './registry.js'
import { WeightUpdate } from './rule.js'
import { runOptimizer, runWeights } from './run.fixture.js'
import { sgd } from './sgd.js'

hearNotices(() => undefined)

type Matrix = readonly (readonly number[])[]

const times = (x: Matrix, y: Matrix): number[][] =>
  x.map(row => y[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * y[k]![j]!, 0)))
const transposed = (x: Matrix): number[][] => x[0]!.map((_, j) => x.map(row => row[j]!))
const plus = (...terms: readonly (readonly [number, Matrix])[]): number[][] =>
  terms[0]![1].map((row, i) => row.map((_, j) => terms.reduce((sum, [c, x]) => sum + c * x[i]![j]!, 0)))
const normOf = (x: Matrix): number => Math.hypot(...x.flat())
const rows = (values: readonly number[], columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns))

/** The iteration as it is usually written: on the matrix itself, with as many rows as columns or fewer. */
function newtonSchulz(x: Matrix, steps: number): Matrix {
  if (x.length > x[0]!.length) return transposed(newtonSchulz(transposed(x), steps))
  let y = plus([1 / normOf(x), x])
  for (let step = 0; step < steps; step++) {
    const gram = times(y, transposed(y))
    const polynomial = plus([-4.775, gram], [2.0315, times(gram, gram)])
    y = plus([3.4445, y], [1, times(polynomial, y)])
  }
  return y
}

interface Hyper {
  readonly learningRate: number
  readonly momentum: number
  readonly nesterov: boolean
  readonly newtonSchulzSteps: number
  readonly normalizeWeights: boolean
  readonly weightDecay: number
}

function byHand(start: Matrix, gradients: readonly Matrix[], hyper: Hyper): number[][] {
  let w = start
  let m = plus([0, start])
  return gradients.map(g => {
    m = plus([hyper.momentum, m], [1, g])
    const direction = newtonSchulz(
      hyper.nesterov ? plus([1, g], [hyper.momentum, m]) : m,
      hyper.newtonSchulzSteps,
    )
    w = plus([1 - hyper.weightDecay * hyper.learningRate, w])
    if (hyper.normalizeWeights) w = plus([Math.sqrt(w[0]!.length) / normOf(w), w])
    w = plus([1, w], [-hyper.learningRate, direction])
    return w.flat()
  })
}

const random = new Random(5, 'muon')
const drawn = (length: number) => Array.from({ length }, () => Math.fround(random.normal()))

describe.each([
  { about: 'a tall kernel', shape: [2, 2, 3, 4] },
  { about: 'a wide kernel', shape: [1, 2, 2, 9] },
  { about: 'a square one', shape: [1, 1, 5, 5] },
])('$about', ({ shape }) => {
  const columns = shape.at(-1)!
  const size = shape.reduce((product, length) => product * length, 1)
  const start = drawn(size)
  const gradients = Array.from({ length: 5 }, (_, step) => drawn(size).map(value => value * 10 ** (step - 3)))

  test.each<Hyper>([
    {
      learningRate: 0.02,
      momentum: 0.95,
      nesterov: true,
      newtonSchulzSteps: 5,
      normalizeWeights: false,
      weightDecay: 0,
    },
    {
      learningRate: 0.24,
      momentum: 0.6,
      nesterov: true,
      newtonSchulzSteps: 3,
      normalizeWeights: true,
      weightDecay: 0,
    },
    {
      learningRate: 0.1,
      momentum: 0.5,
      nesterov: false,
      newtonSchulzSteps: 1,
      normalizeWeights: false,
      weightDecay: 0.5,
    },
  ])('goes the way of the rule written out: %o', async hyper => {
    const expected = byHand(
      rows(start, columns),
      gradients.map(g => rows(g, columns)),
      hyper,
    )
    const came = await runOptimizer(muon(hyper), start, gradients, { shape })
    // Coefficients are float32: aⁿ·X + X·R, which nearly cancel, carry their rounding a hundredfold.
    for (const [step, row] of expected.entries())
      for (const [i, value] of row.entries()) expect(came[step]![i]).toBeCloseTo(value, 4)
  })
})

test.each([
  [288, 32],
  [40, 96],
])('in float32, on all shapes, the result is that of the plain iteration: %i×%i', async (M, N) => {
  const values = drawn(M * N)
  const norm = Math.hypot(...values)
  const graph = new Graph()
  const X = graph.input('x', [M, N])
  const update = new WeightUpdate(graph, 'muon', { name: 'w', value: X, gradient: X }, '')
  graph.output('y', orthogonalize(update, X, 5))
  const program = await (await wasmBackend.open([], { threads: 1 })).compile(graph)
  const coefficients = Object.entries(orthogonalCoefficients(5)).map(
    ([name, numbers]) => [name, Float32Array.from(numbers)] as const,
  )
  const inputs = Object.fromEntries(coefficients.filter(([name]) => graph.sources.some(s => s.name === name)))
  const { y } = await program.run({ ...inputs, x: Float32Array.from(values, value => value / norm) })
  const expected = newtonSchulz(rows(values, N), 5).flat()
  for (const [i, value] of expected.entries()) expect(Math.abs(y![i]! - value)).toBeLessThan(2e-5)
})

test('a gradient of zeros moves nothing', async () => {
  const [after] = await runOptimizer(muon(), [1, 2, 3, 4], [[0, 0, 0, 0]], { shape: [1, 1, 2, 2] })
  expect(after).toEqual([1, 2, 3, 4])
})

const shapes = { 'conv/kernel': [1, 1, 2, 2], 'conv/bias': [2], 'head/kernel': [2, 2] }
const first = { 'conv/kernel': [1, 2, 3, 4], 'conv/bias': [1, 1], 'head/kernel': [1, 2, 3, 4] }
const slopes = { 'conv/kernel': [1, 0, 0, 2], 'conv/bias': [1, 2], 'head/kernel': [1, 0, 0, 2] }
const moves = async (options: MuonOptions, beforeStep?: (step: number) => void) =>
  (await runWeights(muon(options), first, [slopes], { shapes, ...(beforeStep && { beforeStep }) }))[0]!

test('all other weights are moved by others', async () => {
  const after = await moves({ learningRate: 0.5, others: sgd({ learningRate: 0.25 }) })
  expect(after['conv/bias']).toEqual([0.75, 0.5])
  expect(after['head/kernel']).toEqual([0.75, 2, 3, 3.5])
  expect(after['conv/kernel']).not.toEqual(after['head/kernel'])
  const named = await moves({ learningRate: 0.5, weights: 'head/*', others: sgd({ learningRate: 0.25 }) })
  expect(named['head/kernel']).toEqual(after['conv/kernel'])
  expect(named['conv/kernel']).toEqual(after['head/kernel'])
})

test('a rate changed from outside changes that of others, schedules stay their own', async () => {
  const optimizer = muon({ learningRate: 0.5, others: sgd({ learningRate: 0.25 }) })
  const halve = () => {
    optimizer.learningRate = 0.25
  }
  const [after] = await runWeights(optimizer, first, [slopes], { shapes, beforeStep: halve })
  expect(after!['conv/bias']).toEqual([1 - 0.125, 1 - 0.25])
  const schedule = { name: 'half', config: () => ({}), learningRate: () => 0.5 }
  const scheduled = await moves({ learningRate: 0.5, others: sgd({ learningRate: schedule }) })
  expect(scheduled['conv/bias']).toEqual([0.5, 0])
})

test('config holds the others, and comes back from JSON', () => {
  const optimizer = muon({
    learningRate: 0.24,
    weights: ['conv/*'],
    others: sgd({ momentum: 0.5, groups: [{ weights: '*bias', learningRateFactor: 64 }] }),
  })
  const config = JSON.parse(JSON.stringify(optimizer.config()))
  expect(config).toEqual({
    learningRate: 0.24,
    momentum: 0.95,
    nesterov: true,
    newtonSchulzSteps: 5,
    normalizeWeights: false,
    weights: ['conv/*'],
    others: {
      name: 'sgd',
      learningRate: 0.01,
      momentum: 0.5,
      nesterov: false,
      groups: [{ weights: '*bias', learningRateFactor: 64 }],
    },
  })
  expect(optimizerFromName('muon', config).config()).toEqual(config)
  expect(optimizerFromName('muon', { others: 'adamw' }).config().others).toMatchObject({ name: 'adamw' })
  expect(optimizerFromName('muon', { others: adam() }).config().others).toMatchObject({ name: 'adam' })
})

const check = (options: MuonOptions, names: Readonly<Record<string, readonly number[]>> = shapes) =>
  muon(options).check(Object.entries(names).map(([name, shape]) => ({ name, shape, trainable: true })))

test('says what does not fit', () => {
  expect(() => muon({ momentum: 1 })).toThrow('muon: momentum must be at least 0 and below 1, but 1 came.')
  expect(() => muon({ newtonSchulzSteps: 0 })).toThrow(
    'muon: newtonSchulzSteps must be a whole number of at least 1, but 0 came.',
  )
  expect(() => muon({ others: muon() })).toThrow('muon: others must be another optimizer, but muon came.')
  expect(() => muon({ other: sgd() } as MuonOptions)).toThrow('Did you mean "others"?')
  expect(() => optimizerFromName('muon', { others: { rate: 1 } })).toThrow(
    'muon: others: an optimizer must be a name or { name, … }, but {"rate":1} came.',
  )
  expect(() => check({}, { 'dense/kernel': [2, 2] })).toThrow(
    'muon: the network has no trained weight to orthogonalize (a weight with four axes).\n' +
      '  Name kernels or matrices with weights, or use another optimizer. There are dense/kernel.',
  )
  expect(() => check({ weights: '*' })).toThrow(
    'muon: "conv/bias" is no matrix that could be orthogonalized, but weights ("*") names it.',
  )
  expect(() => check({ others: sgd({ groups: [{ weights: 'conv/kernel' }] }) })).toThrow(
    'sgd: groups[0] ("conv/kernel") names no weight of the network that is trained.\n' +
      '  There are conv/bias, head/kernel.',
  )
  expect(() => matrixShape([3])).toThrow('A matrix has two axes or more, but 3 came.')
})

test('the singular values of a step come near to 1', () => {
  const y = newtonSchulz(rows(drawn(48), 6), 5)
  const gram = times(transposed(y), y)
  for (const [i, row] of gram.entries())
    for (const [j, value] of row.entries()) expect(Math.abs(value - Number(i === j))).toBeLessThan(0.6)
})
