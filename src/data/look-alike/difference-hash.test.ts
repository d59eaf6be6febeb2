import { expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import { correlation, differenceHash, greyOf } from './difference-hash.js'
import { nearPairs } from './near-pairs.js'

const picture = (tone: (x: number, y: number) => number, side = 72): Uint8Array =>
  Uint8Array.from({ length: side * side }, (_, i) => tone((i % side) / side, Math.floor(i / side) / side))

test('a bit says whether it gets brighter from left to right', () => {
  const brighter = picture(x => 250 * x)
  const darker = picture(x => 250 - 250 * x)
  expect(differenceHash(brighter, 72, 72)).toEqual({ high: 0xffffffff, low: 0xffffffff })
  expect(differenceHash(darker, 72, 72)).toEqual({ high: 0, low: 0 })
  const halves = picture((x, y) => (y < 0.5 ? 250 * x : 250 - 250 * x))
  expect(differenceHash(halves, 72, 72)).toEqual({ high: 0, low: 0xffffffff })
})

test('brightness changes nothing, the number of pixels hardly anything', () => {
  const tone = (x: number, y: number) => 120 + 60 * Math.sin(9 * x + 5 * y) + 50 * Math.cos(7 * y * x)
  const hash = differenceHash(picture(tone), 72, 72)
  expect(hash).not.toBeNull()
  const brighter = picture((x, y) => tone(x, y) + 20)
  expect(differenceHash(brighter, 72, 72)).toEqual(hash)
  const larger = differenceHash(picture(tone, 144), 144, 144)
  expect([...nearPairs([hash!, larger!])]).toEqual([[0, 1]])
})

test('where a picture is flat its bits are 0, whatever the noise', () => {
  const random = new Random(5, 'noise')
  const tone = (x: number) => (x < 0.5 ? 100 + 250 * x : 225)
  const clean = differenceHash(picture(tone), 72, 72)
  const noisy = differenceHash(
    picture(x => tone(x) + random.integer(5)),
    72,
    72,
  )
  expect(clean).toEqual({ high: 0x1f1f1f1f, low: 0x1f1f1f1f })
  expect(noisy).toEqual(clean)
})

test('flat pictures have no hash: one tone, noise, a dot, a gradient that runs down', () => {
  const random = new Random(3, 'noise')
  expect(
    differenceHash(
      picture(() => 200),
      72,
      72,
    ),
  ).toBeNull()
  expect(
    differenceHash(
      picture(() => 120 + random.integer(16)),
      72,
      72,
    ),
  ).toBeNull()
  expect(
    differenceHash(
      picture((x, y) => (x > 0.4 && x < 0.5 && y > 0.4 && y < 0.5 ? 255 : 0)),
      72,
      72,
    ),
  ).toBeNull()
  expect(
    differenceHash(
      picture((_, y) => 250 * y),
      72,
      72,
    ),
  ).toBeNull()
  expect(differenceHash(Uint8Array.of(9), 1, 1)).toBeNull()
})

test('grey is weighed by how bright colours look, and grey stays what it is', () => {
  expect([...greyOf(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77), 3)]).toEqual([
    76, 149, 28, 77,
  ])
  expect([...greyOf(Uint8Array.of(1, 2), 1)]).toEqual([1, 2])
})

test('correlation is 1 for a brighter copy, -1 for the negative, 0 for one tone', () => {
  const a = Uint8Array.of(10, 20, 40, 0)
  expect(correlation(a, Uint8Array.of(25, 45, 85, 5))).toBeCloseTo(1, 12)
  expect(
    correlation(
      a,
      a.map(tone => 100 - tone),
    ),
  ).toBeCloseTo(-1, 12)
  expect(correlation(a, Uint8Array.of(7, 7, 7, 7))).toBe(0)
})
