import { expect, test } from 'vitest'
import { readAhead } from './read-ahead.js'

const never = new AbortController().signal
const options = { batch: 4, ahead: 6, signal: never }
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const turn = () => new Promise<void>(resolve => setTimeout(resolve, 1))

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

test('batches come in order and full, however long each item takes', async () => {
  const read = async (item: number) => {
    for (let wait = (item * 7) % 5; wait > 0; wait--) await turn()
    return item
  }
  expect(await all(readAhead(numbers(10), read, options))).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ])
  expect(await all(readAhead([], read, options))).toEqual([])
})

test('while a batch is used the next are read, but no more than that', async () => {
  let begun = 0
  const read = async (item: number) => {
    begun++
    return item
  }
  const batches = readAhead(numbers(100), read, options)
  expect((await batches.next()).value).toEqual([0, 1, 2, 3])
  await turn()
  expect(begun).toBe(4 + 6)
  await batches.return(undefined)
  await turn()
  expect(begun).toBe(4 + 6)
})

test('what is there is not kept waiting for a slow source', async () => {
  const seen: number[][] = []
  async function* slow() {
    for (const item of numbers(3)) {
      yield item
      while (seen.length <= item) await turn()
    }
  }
  for await (const batch of readAhead(slow(), async item => item, options)) seen.push(batch)
  expect(seen).toEqual([[0], [1], [2]])
})

test('what a source throws comes behind the items before it, what a reading throws in its place', async () => {
  function* failing() {
    yield* numbers(5)
    throw new Error('the source')
  }
  const seen: number[][] = []
  const take = async (source: Iterable<number>, read: (item: number) => Promise<number>) => {
    for await (const batch of readAhead(source, read, options)) seen.push(batch)
  }
  await expect(take(failing(), async item => item)).rejects.toThrow('the source')
  expect(seen.flat()).toEqual([0, 1, 2, 3, 4])
  const badly = async (item: number) => {
    if (item === 6) throw new Error('item 6')
    return item
  }
  await expect(take(numbers(20), badly)).rejects.toThrow('item 6')
})

test('the signal ends it, also while it waits', async () => {
  const controller = new AbortController()
  async function* stuck() {
    yield 1
    await new Promise(() => undefined)
  }
  const batches = readAhead(stuck(), async item => item, { ...options, signal: controller.signal })
  expect((await batches.next()).value).toEqual([1])
  const next = batches.next()
  controller.abort()
  expect((await next).done).toBe(true)
})
