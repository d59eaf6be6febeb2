import { expect, test } from 'vitest'
import { shapes } from './shapes.js'

/** FNV-1a, 32 bits. */
const checksum = (bytes: Uint8Array) =>
  bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5).toString(16)

test('ten classes, 32×32 in colour, bytes that stand for -0.5 … 0.5', () => {
  const { name, classNames, train, test } = shapes({ train: 20, test: 10 })
  expect(name).toBe('shapes')
  expect(classNames).toEqual([
    'disc',
    'ring',
    'square',
    'triangle',
    'star',
    'cross',
    'heart',
    'arrow',
    'moon',
    'spiral',
  ])
  expect(train.x.shape).toEqual([20, 32, 32, 3])
  expect(train.x.scaling).toEqual({ scale: 1 / 255, offset: -0.5 })
  expect(test.x.shape).toEqual([10, 32, 32, 3])
})

test('4,000 pictures to train on and 1,000 to test on, every class equally often', () => {
  const { train, test } = shapes()
  const counts = (y: Uint8Array) =>
    Array.from({ length: 10 }, (_, label) => y.filter(l => l === label).length)
  expect(counts(train.y.data)).toEqual(new Array(10).fill(400))
  expect(counts(test.y.data)).toEqual(new Array(10).fill(100))
})

test('the bytes are the known ones', () => {
  const { train, test } = shapes({ train: 10, test: 10 })
  expect(checksum(train.x.data)).toBe('3bcbf765')
  expect(checksum(test.x.data)).toBe('85a7181a')
})

test('a picture depends on seed, part and row only, not on how many there are', () => {
  const few = shapes({ seed: 5, train: 3, test: 1 })
  const many = shapes({ seed: 5, train: 12, test: 4 })
  expect(checksum(few.train.x.data)).toBe(checksum(many.train.x.slice(0, 3).data))
  expect(checksum(few.train.x.slice(0, 1).data)).not.toBe(checksum(few.test.x.data))
  expect(checksum(shapes({ seed: 6, train: 3, test: 1 }).train.x.data)).not.toBe(checksum(few.train.x.data))
})

test('comparing pixels does not tell the class: the nearest mean picture is the right one for less than 1 in 4', () => {
  const { train, test } = shapes({ train: 2000, test: 500 })
  const means = Array.from({ length: 10 }, () => new Float64Array(3072))
  train.x.data.forEach((byte, i) => {
    means[train.y.data[Math.floor(i / 3072)]!]![i % 3072]! += byte / 200
  })
  const nearestMean = (picture: Uint8Array) => {
    const distances = means.map(mean => mean.reduce((sum, value, i) => sum + (value - picture[i]!) ** 2, 0))
    return distances.indexOf(Math.min(...distances))
  }
  const right = test.y.data.filter((label, row) => nearestMean(test.x.slice(row, row + 1).data) === label)
  expect(right.length).toBeLessThan(500 / 4)
})

test.each([0, -1, 2.5, Number.NaN])('%d pictures cannot be drawn', train => {
  expect(() => shapes({ train })).toThrow(
    `shapes: train must be a whole number of pictures, at least 1, but is ${train}.\n  Leave it out for 4,000.`,
  )
})
