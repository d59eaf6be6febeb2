import { expect, test } from 'vitest'
import { digits } from './digits.js'

const pixels = 28 * 28

/** FNV-1a, 32 bits. */
const checksum = (bytes: Uint8Array) =>
  bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5).toString(16)

/** The first and the last column or row with ink. */
function boundingBox(picture: Uint8Array) {
  const inked = [...picture.keys()].filter(at => picture[at]! > 0)
  const columns = inked.map(at => at % 28)
  const rows = inked.map(at => Math.floor(at / 28))
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  }
}

const { train, test: unseen, classNames, name } = digits()
const boxes = Array.from({ length: train.x.rows }, (_, row) =>
  boundingBox(train.x.data.subarray(row * pixels, (row + 1) * pixels)),
)

test('4,000 and 1,000 pictures 28×28 in grey, every digit equally often, bytes that stand for -0.5 … 0.5', () => {
  expect(name).toBe('digits')
  expect(classNames.join('')).toBe('0123456789')
  expect(train.x.shape).toEqual([4000, 28, 28, 1])
  expect(unseen.x.shape).toEqual([1000, 28, 28, 1])
  expect(train.x.scaling).toEqual({ scale: 1 / 255, offset: -0.5 })
  for (let label = 0; label < 10; label++) expect(train.y.data.filter(y => y === label)).toHaveLength(400)
})

test('every digit is centred by its bounding box, to half a pixel', () => {
  for (const { left, right, top, bottom } of boxes) {
    expect(Math.abs(left + right - 27)).toBeLessThanOrEqual(1)
    expect(Math.abs(top + bottom - 27)).toBeLessThanOrEqual(1)
  }
})

test('every digit leaves 6 pixels free on each side and is 10 to 16 pixels high, most of them 14 or more', () => {
  for (const { left, right, top, bottom } of boxes) {
    expect(Math.min(left, 27 - right, top, 27 - bottom)).toBeGreaterThanOrEqual(6)
    expect(bottom - top + 1).toBeGreaterThanOrEqual(10)
  }
  const high = boxes.filter(({ top, bottom }) => bottom - top + 1 >= 14)
  expect(high.length).toBeGreaterThan(0.99 * boxes.length)
})

test('the bytes are the known ones', () => {
  const few = digits({ train: 50, test: 50 })
  expect(checksum(few.train.x.data)).toBe('a01ea91')
  expect(checksum(few.test.x.data)).toBe('1cc74d6')
})

test('a picture depends on seed, part and row only, not on how many there are', () => {
  const few = digits({ seed: 5, train: 3, test: 1 })
  const many = digits({ seed: 5, train: 12, test: 4 })
  expect(checksum(few.train.x.data)).toBe(checksum(many.train.x.slice(0, 3).data))
  expect(checksum(few.train.x.slice(0, 1).data)).not.toBe(checksum(few.test.x.data))
  expect(checksum(digits({ seed: 6, train: 3, test: 1 }).train.x.data)).not.toBe(checksum(few.train.x.data))
})

test('no two pictures of a digit are alike', () => {
  const seen = new Set(boxes.map((_, row) => checksum(train.x.slice(row, row + 1).data)))
  expect(seen.size).toBe(4000)
})

test('half a picture cannot be drawn', () => {
  expect(() => digits({ test: 2.5 })).toThrow(
    'digits: test must be a whole number of pictures, at least 1, but is 2.5.\n  Leave it out for 1,000.',
  )
})
