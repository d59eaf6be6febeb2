import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames, comparePaths, inOrder } from './natural-order.js'

const sorted = (...names: string[]) => inOrder(names, name => name)

test('numbers in names count by value', () => {
  expect(sorted('10', '9', '1')).toEqual(['1', '9', '10'])
  expect(sorted('img12b3', 'img12b20', 'img2')).toEqual(['img2', 'img12b3', 'img12b20'])
  expect(sorted('1', '01', '001', '2')).toEqual(['001', '01', '1', '2'])
  expect(sorted('100000000000000000001', '100000000000000000000')[0]).toBe('100000000000000000000')
})

test('letters count by code point: capitals first, then small ones, then what UTF-16 puts before U+E000', () => {
  expect(sorted('apple', 'Zebra', 'a', 'ab')).toEqual(['Zebra', 'a', 'ab', 'apple'])
  expect(sorted('😀', '\uffee')).toEqual(['\uffee', '😀'])
})

test('an accent counts the same however it is spelled', () => {
  expect(sorted('e\u0301b', 'éa', 'f')).toEqual(['f', 'éa', 'e\u0301b'])
})

test('files of a folder come before its subfolders, and folders stay together', () => {
  const paths = ['b/1', 'a/z', 'a/b/c', 'a-b/1', 'a/b/b/1', 'c', '1/x', '01/y', 'a/10', 'a/9']
  expect(inOrder(paths, path => path, comparePaths)).toEqual([
    'c', // lies in the folder above all others
    '01/y',
    '1/x',
    'a/9',
    'a/10',
    'a/z',
    'a/b/c',
    'a/b/b/1',
    'a-b/1',
    'b/1',
  ])
})

const names = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', '-', 'é', '😀', '\uffee'), maxLength: 6 })
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map(segments => segments.join('/'))

test.each([
  ['names', names, compareNames],
  ['paths', paths, comparePaths],
])('%s are in one total order', (_, arbitrary, compare) => {
  fc.assert(
    fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
      expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)))
      expect(compare(a, b) === 0).toBe(a === b)
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
    }),
    { numRuns: 1000 },
  )
})
