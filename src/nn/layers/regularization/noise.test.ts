import { describe, expect, test } from 'vitest'
import type { Layer } from '../../layer.js'
import { networkOf, record, run } from '../../recording.fixture.js'
import { dropout, gaussianDropout, gaussianNoise, spatialDropout2d } from '../index.js'

const shape = [4, 4, 32]
const rows = 50
const ones = new Float32Array(rows * 4 * 4 * 32).fill(1)

async function outputOf(layer: Layer, training: boolean): Promise<Float32Array> {
  const { outputs } = await run(record(networkOf(layer, [shape]), rows, training), { x0: ones })
  return Float32Array.from(outputs.y0!)
}

function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) }
}

describe.each([
  ['dropout', dropout({ rate: 0.2 }), 0.5],
  ['spatial dropout', spatialDropout2d({ rate: 0.2 }), 0.5],
  ['Gaussian dropout', gaussianDropout({ rate: 0.2 }), 0.5],
  ['Gaussian noise', gaussianNoise({ stddev: 0.3 }), 0.3],
])('%s', (_, layer, deviation) => {
  test('leaves the mean and has its deviation while training', async () => {
    const found = momentsOf(await outputOf(layer, true))
    expect(found.mean).toBeCloseTo(1, 1)
    expect(Math.abs(found.deviation - deviation)).toBeLessThan(0.02)
  })

  test('does nothing else', async () => {
    expect(await outputOf(layer, false)).toEqual(ones)
  })
})

describe.each([
  ['Dropout', dropout],
  ['SpatialDropout2D', spatialDropout2d],
  ['GaussianDropout', gaussianDropout],
])('%s', (name, make) => {
  test.each([-0.1, 1, 25, Number.NaN])('refuses a rate of %d', rate => {
    expect(() => make({ rate, name: 'drop' })).toThrow(
      `${name} "drop": rate must be at least 0 and below 1, but ${rate} came.\n  For example rate: 0.25.`,
    )
  })
})

test('noise has no negative deviation, and spatial dropout wants pictures', () => {
  expect(() => gaussianNoise({ stddev: -1 })).toThrow(
    'GaussianNoise: stddev must be a number of at least 0, but -1 came.\n  For example stddev: 0.1.',
  )
  expect(() => spatialDropout2d({ rate: 0.2 }).outputShape([[64]])).toThrow(
    'SpatialDropout2D needs pictures [height, width, channels], but an input of 64 came.',
  )
})
