import { describe, expect, test } from 'vitest'
import { spatialDropout } from './spatial-dropout.js'

const [N, H, W, C] = [200, 3, 2, 50] as const
const x = new Float64Array(N * H * W * C).fill(1)

const run = (rate: number, step = 2): Float64Array =>
  spatialDropout.meaning({ rate, salt: 3 }, [x, Float64Array.of(1, step)], [[N, H, W, C], [2]], [N, H, W, C])

/** The first pixel of every picture: one number for each of its channels. */
const firstPixels = (y: Float64Array): number[] =>
  Array.from({ length: N * C }, (_, i) => y[Math.floor(i / C) * H * W * C + (i % C)]!)

describe.each([0.1, 0.5, 0.8])('rate %d', rate => {
  const y = run(rate)
  const channels = firstPixels(y)

  test('all pixels of a picture share the fate of a channel', () => {
    y.forEach((value, i) => expect(value).toBe(channels[Math.floor(i / (H * W * C)) * C + (i % C)]))
  })

  test('drops its share, and what is kept grows', () => {
    expect(new Set(channels)).toEqual(new Set([0, 1 / (1 - rate)]))
    const kept = channels.filter(value => value > 0).length / channels.length
    expect(Math.abs(kept - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / channels.length))
  })

  test.each([
    ['the next picture', channels.slice(C)],
    ['the next channel', channels.slice(1)],
    ['the next step', firstPixels(run(rate, 3))],
  ])('has nothing to do with %s', (_, other) => {
    const both = other.filter((value, i) => value > 0 && channels[i]! > 0).length / other.length
    const share = (1 - rate) ** 2
    expect(Math.abs(both - share)).toBeLessThan(6 * Math.sqrt((share * (1 - share)) / other.length))
  })
})

test('rate 0 keeps everything as it is', () => {
  expect(run(0)).toEqual(x)
})
