import { expect, test } from 'vitest'
import { parseIdx } from './idx.js'

const matrix = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6)

test('the shape comes from the header, the numbers follow it', () => {
  const { shape, data } = parseIdx(matrix, 'f')
  expect(shape).toEqual([2, 3])
  expect([...data]).toEqual([1, 2, 3, 4, 5, 6])
})

test('bytes in the middle of a larger buffer are read', () => {
  const within = new Uint8Array(30)
  within.set(matrix, 5)
  expect([...parseIdx(within.subarray(5, 5 + matrix.length), 'f').data]).toEqual([1, 2, 3, 4, 5, 6])
})

test.each([
  ['nothing', Uint8Array.of(), 'f: not an idx file (it starts with nothing instead of 00 00 08).'],
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), 'f: not an idx file (it starts with 1f 8b 08 00 instead'],
  [
    'floats',
    Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0),
    'f: idx numbers of type 0x0d came, but only unsigned bytes',
  ],
  ['half a header', matrix.subarray(0, 10), 'f: the file ends within its header.'],
  [
    'too few numbers',
    matrix.subarray(0, 17),
    'f: an idx file of 2×3 has 18 bytes, but this one has 17.\n  The file was cut off',
  ],
  [
    'too many numbers',
    Uint8Array.of(...matrix, 7),
    'has 18 bytes, but this one has 19.\n  The file is damaged',
  ],
  [
    'a length that lies',
    Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255, 1),
    'an idx file of 4294967295 has 4,294,967,303 bytes',
  ],
])('%s is refused', (_, bytes, message) => {
  expect(() => parseIdx(bytes, 'f')).toThrow(message)
})
