import { expect, test } from 'vitest'
import { Gate } from './gate.js'

const forever = new AbortController().signal
const turn = () => new Promise(resolve => setImmediate(resolve))

/** Work that lasts until it is ended, and says when it has begun. */
function work(gate: Gate, weight: number, signal: AbortSignal = forever) {
  let end = () => {}
  const state = { begun: false }
  const done = gate.pass(
    weight,
    () => {
      state.begun = true
      return new Promise<void>(resolve => {
        end = resolve
      })
    },
    signal,
  )
  return { state, done, end: () => end() }
}

test('lets through as much as it holds, in order; what weighs more goes alone', async () => {
  const gate = new Gate(10)
  const works = [6, 4, 30, 1].map(weight => work(gate, weight))
  const begun = async () => {
    await turn()
    return works.map(({ state }) => state.begun)
  }
  expect(await begun()).toEqual([true, true, false, false])
  works[0]!.end()
  expect(await begun()).toEqual([true, true, false, false])
  works[1]!.end()
  expect(await begun()).toEqual([true, true, true, false])
  works[2]!.end()
  expect(await begun()).toEqual([true, true, true, true])
  works[3]!.end()
  await Promise.all(works.map(({ done }) => done))
})

test('work that fails makes room all the same', async () => {
  const gate = new Gate(1)
  await expect(gate.pass(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await gate.pass(1, async () => 'yes')).toBe('yes')
})

test('who stops waiting no longer holds up those behind', async () => {
  const gate = new Gate(10)
  const first = work(gate, 6)
  const leaving = new AbortController()
  const heavy = work(gate, 10, leaving.signal)
  const light = work(gate, 4)
  await turn()
  expect(light.state.begun).toBe(false)
  leaving.abort(new Error('gone'))
  await expect(heavy.done).rejects.toThrow('gone')
  await turn()
  expect([heavy.state.begun, light.state.begun]).toEqual([false, true])
  first.end()
  light.end()
  await Promise.all([first.done, light.done])
})
