import { expect, test } from 'vitest'
import { Allowance } from './allowance.js'

/** Work that goes on until it is told to end. */
function openWork() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<string>(resolve => ends.set(name, () => resolve(name)))
  }
  return { begun, work, end: (name: string) => ends.get(name)!() }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('no more is in use at once than there is, and who came first is first', async () => {
  const allowance = new Allowance(10)
  const { begun, work, end } = openWork()
  const done = [
    allowance.with(6, work('a')),
    allowance.with(5, work('b')),
    allowance.with(1, work('c')),
    allowance.with(4, work('d')),
  ]
  await turn()
  expect(begun).toEqual(['a']) // c would fit, but b was there before
  end('a')
  await turn()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  for (const name of ['b', 'c', 'd']) end(name)
  expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd'])
})

test('what wants more than there is is done alone', async () => {
  const allowance = new Allowance(10)
  const { begun, work, end } = openWork()
  const done = [
    allowance.with(1, work('small')),
    allowance.with(99, work('huge')),
    allowance.with(1, work('last')),
  ]
  await turn()
  expect(begun).toEqual(['small'])
  end('small')
  await turn()
  expect(begun).toEqual(['small', 'huge'])
  end('huge')
  await turn()
  end('last')
  await Promise.all(done)
})

test('work that fails gives back what it had', async () => {
  const allowance = new Allowance(1)
  await expect(allowance.with(1, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await allowance.with(1, async () => 'next')).toBe('next')
})
