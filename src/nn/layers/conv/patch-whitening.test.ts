import { describe, expect, test } from 'vitest'
import { Random } from '../../../base/random.js'
import { sizeOf } from '../../../base/shape.js'
import { Tensor } from '../../../base/tensor.js'
import { patchStatistics } from './patch-statistics.js'
import { patchWhitening } from './patch-whitening.js'

/** Pictures in which neighbours and channels are alike: noise, each number mixed with the one before it. */
function smoothPictures(shape: readonly number[], offset = 0): Tensor<Float32Array> {
  const random = new Random(5, 'smooth')
  let before = 0
  const data = Float32Array.from({ length: sizeOf(shape) }, () => {
    before = 0.8 * before + 0.3 * random.normal()
    return before + offset
  })
  return new Tensor(data, shape)
}

/** Every patch of the pictures, as a list of numbers in a kernel's order. */
function patchesOf({ data, shape }: Tensor<Float32Array>, [R, S]: readonly [number, number]): number[][] {
  const [N, H, W, C] = shape as [number, number, number, number]
  const patches: number[][] = []
  for (let n = 0; n < N; n++)
    for (let y = 0; y + R <= H; y++)
      for (let x = 0; x + S <= W; x++) {
        const patch: number[] = []
        for (let r = 0; r < R; r++)
          for (let s = 0; s < S; s++)
            for (let c = 0; c < C; c++) patch.push(data[((n * H + y + r) * W + x + s) * C + c]!)
        patches.push(patch)
      }
  return patches
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

describe('the statistics of patches', () => {
  const pictures = smoothPictures([4, 5, 6, 2], 0.5)
  const patches = patchesOf(pictures, [2, 3])
  const found = patchStatistics(pictures, [2, 3])

  test('their mean', () => {
    expect(found.mean).toHaveLength(12)
    found.mean.forEach((value, i) => expect(value).toBeCloseTo(mean(patches.map(patch => patch[i]!)), 12))
  })

  test('their covariance', () => {
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 12; j++) {
        const products = patches.map(p => (p[i]! - found.mean[i]!) * (p[j]! - found.mean[j]!))
        expect(found.covariance[i * 12 + j]).toBeCloseTo(mean(products), 12)
      }
  })
})

describe('the adapted filters', () => {
  const pictures = smoothPictures([40, 9, 9, 3], 0.4)
  const { kernel, bias } = patchWhitening({ epsilon: 1e-7 }).adapt(pictures)
  const answer = (patch: readonly number[], filter: number): number =>
    patch.reduce((sum, x, i) => sum + x * kernel![i * 24 + filter]!, bias![filter]!)
  const answers = patchesOf(pictures, [2, 2]).map(patch =>
    Array.from({ length: 12 }, (_, filter) => answer(patch, filter)),
  )

  test('are 24 for patches of 2×2×3', () => {
    expect(kernel).toHaveLength(12 * 24)
    expect(bias).toHaveLength(24)
  })

  test('give answers of mean 0 and variance 1 that have nothing to do with each other', () => {
    for (let i = 0; i < 12; i++) {
      expect(mean(answers.map(row => row[i]!))).toBeCloseTo(0, 4)
      for (let j = 0; j <= i; j++)
        expect(mean(answers.map(row => row[i]! * row[j]!))).toBeCloseTo(i === j ? 1 : 0, 3)
    }
  })

  test('come each with its negative', () => {
    for (let i = 0; i < 12; i++)
      for (let filter = 0; filter < 12; filter++)
        expect(kernel![i * 24 + 12 + filter]).toBe(-kernel![i * 24 + filter]!)
    for (let filter = 0; filter < 12; filter++) expect(bias![12 + filter]).toBe(-bias![filter]!)
  })

  test('begin with the direction in which patches vary most', () => {
    const size = (filter: number) => {
      const entries = Array.from({ length: 12 }, (_, i) => kernel![i * 24 + filter]!)
      return Math.hypot(...entries)
    }
    for (let filter = 1; filter < 12; filter++) expect(size(filter)).toBeGreaterThan(size(filter - 1))
  })
})

test('pictures of one colour give finite filters, without any contrast to be found', () => {
  const gray = new Tensor(new Float32Array(2 * 4 * 4).fill(0.5), [2, 4, 4, 1])
  const { kernel } = patchWhitening().adapt(gray)
  expect(Math.max(...kernel!)).toBeCloseTo(1 / Math.sqrt(5e-4), 3)
})

test('without a bias there is none to set', () => {
  expect(Object.keys(patchWhitening({ useBias: false }).adapt(smoothPictures([2, 3, 3, 1])))).toEqual([
    'kernel',
  ])
})

test('patches that do not fit are refused', () => {
  expect(() => patchWhitening({ kernelSize: 4, name: 'white' }).outputShape([[3, 5, 1]])).toThrow(
    'PatchWhitening "white": kernelSize 4×4 with padding "valid" does not fit an input of 3×5.\n' +
      '  Use a kernel of at most 3×5.',
  )
  expect(() => patchWhitening({ epsilon: 0 })).toThrow(
    'PatchWhitening: epsilon must be a positive number, but 0 came.',
  )
})
