import { expect, test } from 'vitest'
import { Batcher } from './batcher.js'

const forever = new AbortController().signal

/** A batcher that doubles numbers, a batch at a time when the test says so. */
function doubling(most: number) {
  const batches: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const batcher = new Batcher<number, number>(most, async items => {
    batches.push(items)
    await new Promise<void>(resolve => ends.push(resolve))
    return items.map(item => 2 * item)
  })
  const turn = () => new Promise(resolve => setImmediate(resolve))
  /** Ends the batch under way, and lets the next begin. */
  const endBatch = async () => {
    ends.shift()!()
    await turn()
    await turn()
  }
  return { batcher, batches, endBatch, turn }
}

test('what comes while a batch is computed gathers for the next, up to the most', async () => {
  const { batcher, batches, endBatch, turn } = doubling(4)
  const first = batcher.ask(1, forever)
  await turn()
  const rest = [2, 3, 4, 5, 6, 7].map(item => batcher.ask(item, forever))
  await turn()
  expect(batches).toEqual([[1]])
  expect(batcher.waiting).toBe(6)
  await endBatch()
  expect(batches).toEqual([[1], [2, 3, 4, 5]])
  expect(batcher.waiting).toBe(2)
  await endBatch()
  await endBatch()
  expect(batches).toEqual([[1], [2, 3, 4, 5], [6, 7]])
  expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8, 10, 12, 14])
})

test('what comes in the same turn is one batch, and after a rest it begins again', async () => {
  const { batcher, batches, endBatch, turn } = doubling(4)
  const together = [batcher.ask(1, forever), batcher.ask(2, forever)]
  await turn()
  await endBatch()
  expect(await Promise.all(together)).toEqual([2, 4])
  const later = batcher.ask(3, forever)
  await turn()
  await endBatch()
  expect(await later).toBe(6)
  expect(batches).toEqual([[1, 2], [3]])
})

test('who goes away before the batch begins is left out of it', async () => {
  const { batcher, batches, endBatch, turn } = doubling(4)
  const first = batcher.ask(1, forever)
  await turn()
  const leaving = new AbortController()
  const gone = batcher.ask(2, leaving.signal)
  const stays = batcher.ask(3, forever)
  leaving.abort(new Error('gone'))
  await expect(gone).rejects.toThrow('gone')
  await endBatch()
  await endBatch()
  expect(batches).toEqual([[1], [3]])
  expect(await Promise.all([first, stays])).toEqual([2, 6])
  await expect(batcher.ask(4, leaving.signal)).rejects.toThrow('gone')
})

test('an error of a batch is that of its items; the next batch is computed', async () => {
  let fails = true
  const batcher = new Batcher<number, number>(4, async items => {
    if (fails) throw new Error('broken')
    return items
  })
  const both = await Promise.allSettled([batcher.ask(1, forever), batcher.ask(2, forever)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  expect(await batcher.ask(3, forever)).toBe(3)
})
