import { expect, test } from 'vitest'
import { Random } from './random.js'

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32())
const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length

test('a stream is a function of seed and purpose', () => {
  expect(draw(new Random(1, 'shuffle', 7), 5)).toEqual(draw(new Random(1, 'shuffle', 7), 5))
  const others = [new Random(2, 'shuffle', 7), new Random(1, 'shuffle', 8), new Random(1, 'init', 7)]
  for (const other of others) expect(draw(other, 5)).not.toEqual(draw(new Random(1, 'shuffle', 7), 5))
})

test('the numbers never change: saved runs depend on them', () => {
  expect(draw(new Random(0, 'known'), 3)).toEqual([3279889986, 3457633344, 4102423907])
})

test('uniform numbers fill their range evenly', () => {
  const random = new Random(3, 'uniform')
  const numbers = Array.from({ length: 20_000 }, () => random.uniform(-2, 6))
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-2)
  expect(Math.max(...numbers)).toBeLessThan(6)
  const tenths = new Array<number>(10).fill(0)
  for (const x of numbers) tenths[Math.floor((x + 2) / 0.8)]!++
  // Chi-square with 9 degrees of freedom: above 27.9 once in a thousand.
  expect(tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9)
})

test('normal numbers have their mean and deviation', () => {
  const random = new Random(4, 'normal')
  const numbers = Array.from({ length: 20_000 }, () => random.normal(3, 2))
  expect(Math.abs(mean(numbers) - 3)).toBeLessThan((3 * 2) / Math.sqrt(20_000))
  expect(Math.sqrt(mean(numbers.map(x => (x - 3) ** 2)))).toBeCloseTo(2, 1)
})

test('a permutation holds each number once, and every place sees every number', () => {
  expect([...new Random(5, 'p').permutation(100)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  )
  const firsts = Array.from({ length: 4000 }, (_, i) => new Random(i, 'p').permutation(4)[0]!)
  for (const value of [0, 1, 2, 3])
    expect(Math.abs(firsts.filter(first => first === value).length - 1000)).toBeLessThan(4 * Math.sqrt(750))
  expect([...new Random(5, 'p').permutation(0)]).toEqual([])
})

test('a fork is a stream of its own, whatever else was forked', () => {
  const base = new Random(3, 'pictures')
  const first = Array.from({ length: 3 }, (_, i) => base.fork(i).uint32())
  expect(new Set(first).size).toBe(3)
  expect(base.fork(1).uint32()).toBe(first[1])
  expect(new Random(3, 'pictures').fork(2).uint32()).toBe(first[2])
  expect(new Random(3, 'others').fork(2).uint32()).not.toBe(first[2])
  const values = Array.from({ length: 4000 }, (_, i) => base.fork(i).uniform())
  expect(values.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(0.5, 1)
})
