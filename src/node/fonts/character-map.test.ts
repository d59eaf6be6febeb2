import { expect, test } from 'vitest'
import { characterMapOf } from './character-map.js'
import { cmapOf, groupsTable } from './font-bytes.fixture.js'

const known = (subtable: readonly number[], from: number, to: number): number[] => {
  const has = characterMapOf(cmapOf(subtable))
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(has)
}

test('segments: by a distance to their glyphs, or by a list in which 0 is no glyph', () => {
  const ends = [0x42, 0x52, 0xffff]
  const starts = [0x41, 0x50, 0xffff]
  const deltas = [0xffff - 0x41 + 2, 0, 1] // A has glyph 1
  const offsets = [0, 4, 0] // the list stands two words behind its own offset
  const table = [4, 0, 0, 6, 0, 0, 0, ...ends, 0, ...starts, ...deltas, ...offsets, ...[7, 0, 9]]
  expect(known(table, 0x30, 0x60)).toEqual([0x41, 0x42, 0x50, 0x52])
  expect(known(table, 0xfffe, 0x1f431)).toEqual([]) // the last segment leads to glyph 0
})

test('one range', () => {
  expect(known([6, 0, 0, 0x3b1, 3, 5, 0, 6], 0x3a0, 0x3c0)).toEqual([0x3b1, 0x3b3])
})

test('groups reach beyond the first 65,536 code points', () => {
  const table = groupsTable([
    [0x41, 0x43, 1],
    [0x732b, 0x732b, 9],
    [0x1f431, 0x1f432, 10],
  ])
  expect(known(table, 0x30, 0x60)).toEqual([0x41, 0x42, 0x43])
  expect(known(table, 0x7300, 0x7400)).toEqual([0x732b])
  expect(known(table, 0x1f400, 0x1f500)).toEqual([0x1f431, 0x1f432])
})

test('a font that has one box for everything has nothing', () => {
  expect(known([13, ...groupsTable([[0, 0x10ffff, 1]]).slice(1)], 0x30, 0x60)).toEqual([])
})

test('a table that ends too early is an error', () => {
  expect(() => characterMapOf(new DataView(new ArrayBuffer(3)))).toThrow(RangeError)
})
