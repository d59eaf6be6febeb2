import { describe, expect, test } from 'vitest'
import { Random } from '../base/random.js'
import { fansOf, type InitializerConfig, initialize, initializerRule } from './initializers.js'

const draw = (config: InitializerConfig, shape: readonly number[], seed = 1) =>
  initialize(config, shape, new Random(seed, 'test'))

const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance), most: Math.max(...values.map(Math.abs)) }
}

test('fans are those of Keras: a convolution counts its window, a matrix its sides', () => {
  expect(fansOf([3, 3, 4, 32])).toEqual({ in: 36, out: 288 })
  // Of a depthwise kernel too, as Keras counts it: four channels, one kernel each.
  expect(fansOf([3, 3, 4, 1])).toEqual({ in: 36, out: 9 })
  expect(fansOf([100, 50])).toEqual({ in: 100, out: 50 })
  expect(fansOf([7])).toEqual({ in: 7, out: 7 })
})

test('the limit of glorotUniform for a kernel of 3×3×3×32 is 0.138013', () => {
  const { most } = moments(draw({ name: 'glorotUniform' }, [3, 3, 3, 32]))
  expect(most).toBeLessThan(0.138014)
  expect(most).toBeGreaterThan(0.137)
})

/** Kernel [3,3,16,64]: fan-in 144, fan-out 576. 9,216 numbers know their deviation to about 1 %. */
test.each([
  ['glorotUniform', 2 / (144 + 576), Math.sqrt(3)],
  ['glorotNormal', 2 / (144 + 576), 2 / 0.87962566],
  ['heUniform', 2 / 144, Math.sqrt(3)],
  ['heNormal', 2 / 144, 2 / 0.87962566],
  ['lecunUniform', 1 / 144, Math.sqrt(3)],
  ['lecunNormal', 1 / 144, 2 / 0.87962566],
] as const)('%s has the right spread and an end', (name, variance, reach) => {
  const { mean, deviation, most } = moments(draw({ name }, [3, 3, 16, 64]))
  const expected = Math.sqrt(variance)
  expect(Math.abs(mean)).toBeLessThan(0.05 * expected)
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.03)
  expect(most).toBeLessThanOrEqual(reach * expected * (1 + 1e-6))
  expect(most).toBeGreaterThan(reach * expected * 0.99)
})

test('constants, and plain distributions with their numbers', () => {
  expect(draw({ name: 'zeros' }, [2])).toEqual(Float32Array.of(0, 0))
  expect(draw({ name: 'ones' }, [2])).toEqual(Float32Array.of(1, 1))
  expect(draw({ name: 'constant', value: 0.5 }, [2])).toEqual(Float32Array.of(0.5, 0.5))
  const normal = moments(draw({ name: 'randomNormal', mean: 3, stddev: 0.5 }, [10_000]))
  expect(Math.abs(normal.mean - 3)).toBeLessThan(0.02)
  expect(Math.abs(normal.deviation - 0.5)).toBeLessThan(0.02)
  const uniform = draw({ name: 'randomUniform', minval: 2, maxval: 4 }, [10_000])
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(2)
  expect(Math.max(...uniform)).toBeLessThan(4)
})

test('the same seed gives the same numbers, another one others', () => {
  const config = { name: 'heNormal' } as const
  expect(draw(config, [5, 4])).toEqual(draw(config, [5, 4]))
  expect(draw(config, [5, 4])).not.toEqual(draw(config, [5, 4], 2))
})

describe('what users write', () => {
  test.each([
    ['glorot_uniform', { name: 'glorotUniform' }],
    ['GlorotUniform', { name: 'glorotUniform' }],
    [{ name: 'randomNormal' }, { name: 'randomNormal', mean: 0, stddev: 0.05 }],
    [
      { name: 'constant', value: 2 },
      { name: 'constant', value: 2 },
    ],
  ])('%j is understood', (given, config) => {
    expect(initializerRule.read(given)).toEqual(config)
  })

  test.each([
    'glorot',
    3,
    null,
    { name: 'zeros', value: 1 },
    { name: 'constant', value: '1' },
  ])('%j is refused', given => {
    expect(initializerRule.read(given)).toBeUndefined()
  })
})

test('truncatedNormal ends at two deviations and is not widened, as in Keras', () => {
  const { mean, deviation, most } = moments(draw({ name: 'truncatedNormal', mean: 0, stddev: 0.5 }, [10_000]))
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(Math.abs(deviation - 0.5 * 0.87962566)).toBeLessThan(0.02)
  expect(most).toBeLessThanOrEqual(1)
})

describe('dirac', () => {
  const at = (
    kernel: Float32Array,
    [, S, C, K]: readonly number[],
    r: number,
    s: number,
    c: number,
    k: number,
  ) => kernel[((r * S! + s) * C! + c) * K! + k]

  test.each([
    [[3, 3, 2, 4]],
    [[3, 3, 4, 2]],
    [[1, 1, 3, 3]],
    [[5, 3, 2, 2]],
  ])('%j: the first filters hand their channel on, the rest begin as they would', shape => {
    const [R, S, C, K] = shape as [number, number, number, number]
    const kernel = draw({ name: 'dirac', rest: { name: 'heNormal' } }, shape)
    const rest = draw({ name: 'heNormal' }, shape)
    for (let r = 0; r < R; r++)
      for (let s = 0; s < S; s++)
        for (let c = 0; c < C; c++)
          for (let k = 0; k < K; k++) {
            const centre = r === (R - 1) / 2 && s === (S - 1) / 2
            const identity = Number(centre && c === k)
            expect(at(kernel, shape, r, s, c, k)).toBe(k < C ? identity : at(rest, shape, r, s, c, k))
          }
  })

  test('an even window has its centre behind the middle, as in PyTorch; a matrix has no window', () => {
    const dirac = { name: 'dirac', rest: { name: 'ones' } } as const
    expect([...draw(dirac, [2, 2, 1, 1])]).toEqual([0, 0, 0, 1])
    expect([...draw(dirac, [2, 3])]).toEqual([1, 0, 1, 0, 1, 1])
  })

  test('is read by its name, or with the rest', () => {
    expect(initializerRule.read('dirac')).toEqual({ name: 'dirac', rest: { name: 'glorotUniform' } })
    const constant = { name: 'dirac', rest: { name: 'constant', value: 0.1 } }
    expect(initializerRule.read(constant)).toEqual(constant)
    expect(initializerRule.read({ name: 'dirac', rest: 'he_normal' })).toEqual({
      name: 'dirac',
      rest: { name: 'heNormal' },
    })
    expect(initializerRule.read({ name: 'dirac', rest: 'dirac' })).toBeUndefined()
    expect(initializerRule.read({ name: 'dirac', gain: 1 })).toBeUndefined()
  })

  test('is not for a bias', () => {
    expect(() => draw({ name: 'dirac', rest: { name: 'zeros' } }, [16])).toThrow(
      'Initializer "dirac": a weight of 16 takes no channels that it could hand on.\n' +
        '  Use it for kernels; zeros is usual for a bias.',
    )
  })
})

test.each([
  [[3, 3, 4, 8]],
  [[4, 9]],
  [[6, 6]],
])('orthogonal %j: filters, or rows, at right angles and of length gain', shape => {
  const kernel = draw({ name: 'orthogonal', gain: 2 }, shape)
  const columns = shape.at(-1)!
  const rows = kernel.length / columns
  const entry = (vector: number, i: number) =>
    rows >= columns ? kernel[i * columns + vector]! : kernel[vector * columns + i]!
  const count = Math.min(rows, columns)
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) {
      let dot = 0
      for (let i = 0; i < Math.max(rows, columns); i++) dot += entry(a, i) * entry(b, i)
      expect(dot).toBeCloseTo(a === b ? 4 : 0, 5)
    }
})
