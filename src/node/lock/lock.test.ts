import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HeldLock } from './held-lock.js'
import { Lock, withLock } from './lock.js'
import { type LockOwner, thisOwner } from './owner.js'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-lock-'))
  path = join(folder, 'a.lock')
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

/** A lock as another process left it. */
async function leave(owner: Partial<LockOwner>, at = path): Promise<void> {
  writeFileSync(at, JSON.stringify({ ...(await thisOwner()), ...owner }))
}

const killed = { pid: 999_999_999 }
const elsewhere = { host: 'elsewhere' }

async function take(lock = new Lock(path)): Promise<HeldLock> {
  const taken = await lock.take()
  if (!(taken instanceof HeldLock)) throw new Error(`taken: ${JSON.stringify(taken)}`)
  return taken
}

test('one has it, the others are told who, and nothing is left of it', async () => {
  const held = await take()
  expect(await new Lock(path).take()).toEqual({
    state: 'held',
    owner: JSON.parse(readFileSync(path, 'utf8')),
  })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid })
  held.release()
  expect(readdirSync(folder)).toEqual([])
  const again = await take()
  again.release()
})

test('a folder that is missing is told as the system tells it', async () => {
  await expect(new Lock(join(folder, 'b', 'a.lock')).take()).rejects.toMatchObject({ code: 'ENOENT' })
})

test('of many that find the lock of a killed process at the same time one takes it over', async () => {
  for (let round = 0; round < 3; round++) {
    await leave(killed)
    const taken = await Promise.all(Array.from({ length: 20 }, () => new Lock(path).take()))
    const [held, ...others] = taken.filter(one => one instanceof HeldLock)
    expect(others).toEqual([])
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid })
    held!.release()
    expect(readdirSync(folder)).toEqual([])
  }
})

test('the slower of two that found a lock abandoned does not remove what the faster one has made', async () => {
  await leave(killed)
  const slow = new Lock(path)
  const inside = slow as unknown as { look(): Promise<unknown> }
  const look = inside.look.bind(slow)
  const taken: HeldLock[] = []
  // Between what the slow one saw and what it does about it, the fast one takes the lock over.
  inside.look = async () => {
    const seen = await look()
    if (taken.length === 0) taken.push(await take())
    return seen
  }
  expect(await slow.take()).toMatchObject({ state: 'held', owner: { pid: process.pid } })
  taken[0]!.release()
  expect(readdirSync(folder)).toEqual([])
})

test('who was killed while taking over keeps nobody from it', async () => {
  for (const suffix of ['', '.clearing', '.clearing.clearing']) await leave(killed, path + suffix)
  const held = await take()
  held.release()
  expect(readdirSync(folder)).toEqual([])
})

test('while one takes over, another does not', async () => {
  await leave(killed)
  const clearing = await take(new Lock(`${path}.clearing`))
  expect(await new Lock(path).take()).toEqual({ state: 'unsure', owner: null })
  clearing.release()
  ;(await take()).release()
})

test.each([
  ['a process of another machine', () => leave(elsewhere)],
  ['nobody knows whom', async () => writeFileSync(path, '')],
])('the lock of %s is watched, and abandoned when it is not touched for long', async (_, write) => {
  await write()
  let time = performance.now()
  vi.spyOn(performance, 'now').mockImplementation(() => time)
  const lock = new Lock(path)
  expect(await lock.take()).toMatchObject({ state: 'unsure' })
  time += 29_000
  expect(await lock.take()).toMatchObject({ state: 'unsure' })
  // Somebody lives there.
  utimesSync(path, new Date(), new Date(Date.now() + 5000))
  time += 29_000
  expect(await lock.take()).toMatchObject({ state: 'held' })
  time += 29_000
  expect(await lock.take()).toMatchObject({ state: 'held' })
  time += 2000
  ;(await take(lock)).release()
  expect(readdirSync(folder)).toEqual([])
})

test('a process that may be another one has the lock if that was touched lately by the clock', async () => {
  await leave({ born: null })
  expect(await new Lock(path).take()).toMatchObject({ state: 'held' })
  utimesSync(path, new Date(0), new Date(0))
  expect(await new Lock(path).take()).toMatchObject({ state: 'unsure' })
})

test('who has it shows that it lives', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const held = await take()
  utimesSync(path, new Date(0), new Date(0))
  vi.advanceTimersByTime(5000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(0))
  held.release()
})

test('what another process has made since is not removed', async () => {
  const held = await take()
  await leave(elsewhere)
  held.release()
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(elsewhere)
})

test('work waits for work, and the lock goes when it fails', async () => {
  const order: string[] = []
  const first = withLock(path, {}, async () => {
    order.push('first')
    await vi.waitFor(() => expect(order).toContain('waits'))
    order.push('first ends')
    throw new Error('failed')
  })
  await vi.waitFor(() => expect(order).toEqual(['first']))
  const second = withLock(path, { onWait: () => order.push('waits') }, async () => order.push('second'))
  await expect(first).rejects.toThrow('failed')
  await second
  expect(order).toEqual(['first', 'waits', 'first ends', 'second'])
  expect(readdirSync(folder)).toEqual([])
})
