import { describe, expect, test } from 'vitest'
import { gaussianNoise, noiseAt } from './gaussian-noise.js'

const length = 100_000

const numbers = (seed: number, step: number, salt: number): number[] =>
  Array.from({ length }, (_, i) => noiseAt(seed, step, salt, i))

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

/** Share of the normal distribution within ±1, ±2 and ±3. */
const shares = [0.6826895, 0.9544997, 0.9973002]

describe.each([
  [0, 0, 0],
  [1, 2, 3],
  [2 ** 24 - 1, 7, 1],
])('the noise of seed %i, step %i, layer %i', (seed, step, salt) => {
  const noise = numbers(seed, step, salt)

  test('has the moments of the normal distribution', () => {
    // Five standard errors of each: √(variance of the power / length).
    expect(Math.abs(mean(noise))).toBeLessThan(5 * Math.sqrt(1 / length))
    expect(Math.abs(mean(noise.map(x => x ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / length))
    expect(Math.abs(mean(noise.map(x => x ** 3)))).toBeLessThan(5 * Math.sqrt(15 / length))
    expect(Math.abs(mean(noise.map(x => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / length))
  })

  test('has its shares within one, two and three deviations', () => {
    shares.forEach((share, i) => {
      const within = noise.filter(x => Math.abs(x) < i + 1).length / length
      expect(Math.abs(within - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / length))
    })
  })

  test.each([
    ['the next element', noise.slice(1)],
    ['the element a row of 32×64 below', noise.slice(2048)],
    ['the next step', numbers(seed, step + 1, salt)],
    ['the next layer', numbers(seed, step, salt + 1)],
  ])('has nothing to do with that of %s', (_, other) => {
    expect(Math.abs(mean(other.map((x, i) => x * noise[i]!)))).toBeLessThan((5 * 1.05) / Math.sqrt(length))
  })
})

test('every hash gives a finite number', () => {
  const all = numbers(3, 1, 4)
  expect(all.every(Number.isFinite)).toBe(true)
  expect(Math.max(...all.map(Math.abs))).toBeLessThan(Math.sqrt(-2 * Math.log(2 ** -24)) + 1e-9)
})

test('added it does not look at x, multiplied it grows with it', () => {
  const x = Float64Array.of(0, 1, 10, 100)
  const run = (multiplicative: boolean) =>
    gaussianNoise.meaning(
      { stddev: 0.5, salt: 3, multiplicative },
      [x, Float64Array.of(1, 2)],
      [[4], [2]],
      [4],
    )
  const noise = Array.from(x, (_, i) => 0.5 * noiseAt(1, 2, 3, i))
  expect([...run(false)]).toEqual(noise.map((n, i) => x[i]! + n))
  expect([...run(true)]).toEqual(noise.map((n, i) => x[i]! * (1 + n)))
})
