import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BufferLife, placeBuffers } from './memory.js'

const life = (bytes: number, from: number, to: number): BufferLife => ({ bytes, from, to })

test('buffers that do not live at the same time share their place', () => {
  const { offsets, bytes } = placeBuffers([life(1000, 0, 1), life(1000, 2, 3), life(1000, 1, 2)])
  expect(offsets[0]).toBe(offsets[1])
  expect(offsets[2]).not.toBe(offsets[0])
  expect(bytes).toBe(2 * 1088)
})

test('nothing needs no memory', () => {
  expect(placeBuffers([])).toEqual({ offsets: [], bytes: 0 })
})

test('whatever the buffers, two that live together never touch, and each has a vector to spare', () => {
  const buffer = fc
    .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 5 }))
    .map(([bytes, from, length]) => life(bytes, from, from + length))
  fc.assert(
    fc.property(fc.array(buffer, { maxLength: 30 }), buffers => {
      const { offsets, bytes } = placeBuffers(buffers)
      buffers.forEach((a, i) => {
        expect(offsets[i]! % 64).toBe(0)
        expect(offsets[i]! + a.bytes + 16).toBeLessThanOrEqual(bytes)
        buffers.slice(i + 1).forEach((b, k) => {
          const j = i + 1 + k
          const together = a.from <= b.to && b.from <= a.to
          const apart = offsets[i]! + a.bytes + 16 <= offsets[j]! || offsets[j]! + b.bytes + 16 <= offsets[i]!
          expect(!together || apart).toBe(true)
        })
      })
    }),
  )
})
