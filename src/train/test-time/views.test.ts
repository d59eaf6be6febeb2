import { expect, test } from 'vitest'
import { lookAt, testTimes, viewsOf } from './views.js'

// Two pictures of 2×3 pixels with one channel.
const pictures = Float32Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16)
const shape = [2, 3, 1]
const look = (mirrored: boolean, shift: number) => [
  ...lookAt(pictures, shape, { mirrored, shift, weight: 1 }),
]

test('a mirrored view turns every line round', () => {
  expect(look(true, 0)).toEqual([3, 2, 1, 6, 5, 4, 13, 12, 11, 16, 15, 14])
})

test('a moved view shows each pixel one place further down and right; the border is a mirror', () => {
  expect(look(false, 1)).toEqual([5, 4, 5, 2, 1, 2, 15, 14, 15, 12, 11, 12])
  expect(look(false, -1)).toEqual([5, 6, 5, 2, 3, 2, 15, 16, 15, 12, 13, 12])
})

test('channels of a pixel stay together', () => {
  const x = Float32Array.of(1, 10, 2, 20, 3, 30)
  expect([...lookAt(x, [1, 3, 2], { mirrored: true, shift: 0, weight: 1 })]).toEqual([3, 30, 2, 20, 1, 10])
})

test('one picture as it is costs no copy', () => {
  expect(lookAt(pictures, shape, { mirrored: false, shift: 0, weight: 1 })).toBe(pictures)
})

test.each(testTimes)('the weights of %s sum to one', name => {
  expect(viewsOf(name, shape).reduce((sum, { weight }) => sum + weight, 0)).toBe(1)
})

test('refuses names it does not know, and inputs that are no pictures', () => {
  expect(() => viewsOf('flop' as never, shape)).toThrow('Unknown testTime "flop".\n  Did you mean "flip"?')
  expect(() => viewsOf('flip', [12])).toThrow(
    'testTime: "flip" looks at pictures [H, W, C] in several ways, but the network\'s input is 12.',
  )
})
