import { describe, expect, test } from 'vitest'
import { reference } from '../engine/backends/reference/reference.js'
import { Graph } from '../engine/graph/graph.js'
import {
  categoricalCrossentropy,
  type Loss,
  lossConfig,
  lossFromConfig,
  lossFromName,
  lossNames,
  sparseCategoricalCrossentropy,
} from './losses.js'
import { metricFromName, topK } from './metrics.js'

const target = Float32Array.of(0, 1, 0, 0, 0, 1)
const shape = [2, 3]

async function lossOf(loss: Loss | string, numbers: readonly number[], from: 'logits' | 'prediction') {
  const graph = new Graph()
  const x = graph.input('x', shape)
  const prediction = from === 'logits' ? graph.apply('softmax', {}, [x]) : x
  const logits = from === 'logits' ? x : null
  const { record } = typeof loss === 'string' ? lossFromName(loss) : loss
  graph.output('loss', record(graph, prediction, logits, graph.input('target', shape)))
  const program = await (await reference.open([])).compile(graph)
  return (await program.run({ x: Float32Array.from(numbers), target })).loss!
}

describe('losses', () => {
  test.each([
    'categoricalCrossentropy',
    'sparseCategoricalCrossentropy',
  ])('%s of probabilities is clipped, as in Keras', async name => {
    const loss = await lossOf(name, [0.2, 0.2, 0.2, 1, 0, 0], 'prediction')
    expect(loss[0]).toBeCloseTo(1.0986123, 6)
    expect(loss[1]).toBeCloseTo(16.118095, 5)
  })

  test('from logits nothing is clipped', async () => {
    const loss = await lossOf('categorical_crossentropy', [0, 0, 0, 50, 0, 0], 'logits')
    expect(loss[0]).toBeCloseTo(Math.log(3), 6)
    expect(loss[1]).toBeCloseTo(50, 5)
  })

  test('meanSquaredError is the mean over the outputs of a row', async () => {
    expect([...(await lossOf('mse', [1, 1, 0, 0, 0, 4], 'prediction'))]).toEqual([Math.fround(1 / 3), 3])
  })

  test.each([
    ['sparse_categorical_crossentropy', 'sparseCategoricalCrossentropy'],
    ['mean_squared_error', 'meanSquaredError'],
    ['CategoricalCrossentropy', 'categoricalCrossentropy'],
  ])('%s is understood', (given, name) => {
    expect(lossFromName(given).name).toBe(name)
  })

  test('an unknown one offers the nearest', () => {
    expect(() => lossFromName('categoricalCrosentropy')).toThrow('Did you mean "categoricalCrossentropy"?')
    expect(() => lossFromName('toString')).toThrow(`Known: ${lossNames.join(', ')}.`)
  })
})

describe('label smoothing', () => {
  const smooth = categoricalCrossentropy({ labelSmoothing: 0.3 })

  test("is Keras' y · (1 - a) + a / C", async () => {
    const p = [0.2, 0.5, 0.3, 0.1, 0.1, 0.8]
    const loss = await lossOf(smooth, p, 'prediction')
    const expected = (row: readonly number[], right: number) =>
      -row.reduce((sum, share, c) => sum + (0.7 * Number(c === right) + 0.1) * Math.log(share), 0)
    expect(loss[0]).toBeCloseTo(expected(p.slice(0, 3), 1), 6)
    expect(loss[1]).toBeCloseTo(expected(p.slice(3), 2), 6)
  })

  test('is the same from logits, and nothing is clipped there', async () => {
    const loss = await lossOf(smooth, [0, 0, 0, 50, 0, 0], 'logits')
    expect(loss[0]).toBeCloseTo(Math.log(3), 6)
    expect(loss[1]).toBeCloseTo(0.9 * 50, 5)
  })

  test('of 0 is none', async () => {
    const loss = await lossOf(categoricalCrossentropy({ labelSmoothing: 0 }), [0, 0, 0, 50, 0, 0], 'logits')
    expect(loss).toEqual(await lossOf('categoricalCrossentropy', [0, 0, 0, 50, 0, 0], 'logits'))
  })

  test.each([-0.1, 1, Number.NaN, '0.1'])('of %o is refused', labelSmoothing => {
    expect(() => categoricalCrossentropy({ labelSmoothing: labelSmoothing as number })).toThrow(
      `categoricalCrossentropy: labelSmoothing must be at least 0 and below 1, but ${typeof labelSmoothing === 'string' ? '"0.1"' : labelSmoothing} came.\n  For example labelSmoothing: 0.1.`,
    )
  })

  test('is not an option of the other losses', () => {
    expect(() => sparseCategoricalCrossentropy({ labelSmoothing: 0.1 } as object)).toThrow(
      'sparseCategoricalCrossentropy has no labelSmoothing.\n' +
        '  Use categoricalCrossentropy({ labelSmoothing }), which takes class numbers as well.',
    )
    expect(() => lossFromName('mse', { labelSmoothing: 0.1 })).toThrow(
      'meanSquaredError: unknown option "labelSmoothing".',
    )
  })
})

describe('a loss as plain JSON', () => {
  test.each([
    categoricalCrossentropy(),
    categoricalCrossentropy({ labelSmoothing: 0.2 }),
    sparseCategoricalCrossentropy(),
    lossFromName('mse'),
  ])('$name, $options', loss => {
    const again = lossFromConfig(JSON.parse(JSON.stringify(lossConfig(loss))))
    expect([again.name, again.options]).toEqual([loss.name, loss.options])
  })

  test('a name alone will do, nothing else', () => {
    expect(lossFromConfig('mse').name).toBe('meanSquaredError')
    expect(() => lossFromConfig({ labelSmoothing: 0 })).toThrow(
      'A loss must be a name or { name, …options }, but',
    )
    expect(() => lossFromConfig(7)).toThrow('A loss must be a name or { name, …options }, but 7 came.')
    expect(() => lossFromConfig({ name: 'mse', options: 3 })).toThrow(
      'meanSquaredError: unknown option "options".',
    )
  })
})

describe('metrics', () => {
  test.each([
    ['accuracy', 'accuracy', [0, 1]],
    ['acc', 'accuracy', [0, 1]],
    ['top_2', 'top_2', [1, 1]],
  ])('%s is recorded for each row', async (name, key, expected) => {
    const graph = new Graph()
    const metric = metricFromName(name)
    graph.output('m', metric.record(graph, graph.input('x', shape), graph.input('target', shape)))
    const program = await (await reference.open([])).compile(graph)
    const { m } = await program.run({ x: Float32Array.of(0.5, 0.3, 0.2, 0.1, 0.1, 0.8), target })
    expect(metric.key).toBe(key)
    expect([...m!]).toEqual(expected)
  })

  test('top-k is of five unless told, and k is checked', () => {
    expect(topK().key).toBe('top_5')
    expect(() => topK({ k: 0 })).toThrow(
      'topK: k must be a positive integer, but 0 came.\n  For example topK({ k: 5 }).',
    )
    expect(() => metricFromName('acuracy')).toThrow('Unknown metric "acuracy".\n  Did you mean "accuracy"?')
  })
})
