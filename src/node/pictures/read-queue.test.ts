import { expect, test } from 'vitest'
import { ReadQueue } from './read-queue.js'

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

test('as many readings begin as may be ahead, and another for each that is taken', async () => {
  const begun: number[] = []
  const queue = new ReadQueue(
    [1, 2, 3, 4, 5],
    async item => {
      begun.push(item)
      return 10 * item
    },
    2,
  )
  await turn()
  expect([begun, queue.length, queue.isOver]).toEqual([[1, 2], 2, false])
  expect(await queue.take()).toBe(10)
  await turn()
  expect(begun).toEqual([1, 2, 3])
  for (const item of [2, 3, 4, 5]) {
    expect(await queue.take()).toBe(10 * item)
    await turn()
  }
  await queue.source
  expect([queue.length, queue.isOver]).toEqual([0, true])
})

test('closed, it begins no other reading, and what had begun can still be taken', async () => {
  const begun: number[] = []
  const queue = new ReadQueue([1, 2, 3], async item => begun.push(item), 1)
  await turn()
  queue.close()
  await queue.source
  expect([begun, queue.length]).toEqual([[1], 1])
  expect(await queue.take()).toBe(1)
})

test('whoever waits for an arrival hears of a reading, of the end and of being woken', async () => {
  let give = () => {}
  async function* slow() {
    yield 1
    await new Promise<void>(resolve => {
      give = resolve
    })
  }
  const queue = new ReadQueue(slow(), async item => item, 4)
  await queue.arrival()
  expect(await queue.take()).toBe(1)
  const woken = queue.arrival()
  queue.wake()
  await woken
  expect(queue.isOver).toBe(false)
  await turn()
  const end = queue.arrival()
  give()
  await end
  expect(queue.isOver).toBe(true)
})

test('what the items throw is told by the source, what a reading throws to whoever takes it', async () => {
  function* failing() {
    yield 1
    throw new Error('the items')
  }
  const queue = new ReadQueue(failing(), () => Promise.reject(new Error('the reading')), 4)
  await expect(queue.source).rejects.toThrow('the items')
  await expect(queue.take()).rejects.toThrow('the reading')
})
