import { expect, test } from 'vitest'
import { gatherRows } from './batch.js'
import { StoredRows } from './stored-rows.js'

/** Row i holds i and 10 i. */
const store = {
  rowShape: [1, 2, 1],
  read: (row: number, into: Uint8Array) => into.set([row, 10 * row]),
}
const stored = new StoredRows(store, Uint32Array.of(5, 2, 7), { scale: 0.5, offset: 1 })

test('rows come in their own order', () => {
  expect(stored.shape).toEqual([3, 1, 2, 1])
  expect([...stored.load().data]).toEqual([5, 50, 2, 20, 7, 70])
  expect([...stored.slice(1).load().data]).toEqual([2, 20, 7, 70])
  expect([...stored.slice(0, 1).load().data]).toEqual([5, 50])
})

test('a batch is the same as from memory', () => {
  const rows = [2, 0, 2]
  expect([...gatherRows(stored, rows)]).toEqual([4.5, 36, 3.5, 26, 4.5, 36])
  expect([...gatherRows(stored, rows)]).toEqual([...gatherRows(stored.load(), rows)])
  expect([...gatherRows(stored.withScaling({ scale: 1, offset: 0 }), [1])]).toEqual([2, 20])
})
