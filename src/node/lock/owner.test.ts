import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { birthOf } from './machine.js'
import { type LockOwner, readOwner, stateOf, thisOwner } from './owner.js'

/** More than any system counts to. */
const nobody = 999_999_999

const seesBirths = (await birthOf(process.pid)) !== null

test('an owner comes back from its text, and what is none is null', async () => {
  const owner = await thisOwner()
  expect(owner.pid).toBe(process.pid)
  expect(readOwner(`${JSON.stringify(owner)}\n`)).toEqual(owner)
  const others = [
    { pid: -1 },
    { pid: 'x' },
    { since: 'noon' },
    { host: null },
    { boot: 3 },
    { born: undefined },
  ]
  for (const text of [
    '',
    '1234\n',
    '{',
    '[]',
    ...others.map(other => JSON.stringify({ ...owner, ...other })),
  ])
    expect(readOwner(text), text).toBeNull()
})

test('a process that runs is told from one that does not', async () => {
  const owner = await thisOwner()
  expect(await stateOf(owner)).toBe(seesBirths ? 'alive' : 'likely')
  expect(await stateOf({ ...owner, pid: nobody })).toBe('gone')
  expect(await stateOf({ ...owner, born: null })).toBe('likely')
})

test.skipIf(!seesBirths)(
  'a later process with the same number is another one, one before a restart, too',
  async () => {
    const owner = await thisOwner()
    expect(await stateOf({ ...owner, born: `${Number(owner.born) - 1}` })).toBe('gone')
    expect(await stateOf({ ...owner, boot: 'before' })).toBe('gone')
  },
)

test.each([
  { host: 'elsewhere' },
  { machine: 'another of the same name' },
  { boot: null },
  { space: 'of a container' },
] satisfies Partial<LockOwner>[])('of a process with %o nothing is known', async other => {
  const owner = await thisOwner()
  // Where the system tells neither, `boot` is null here, too.
  const differs = Object.entries(other).some(([key, value]) => owner[key as keyof LockOwner] !== value)
  const expected = differs ? 'unknown' : 'gone'
  expect(await stateOf({ ...owner, pid: nobody, ...other })).toBe(expected)
})

test.skipIf(!seesBirths)('a process that has ended and was not asked how does not run', async () => {
  // The shell becomes a program that does not know of the child the shell had.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
  const [said] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(said)
  for (let birth = await birthOf(pid); !birth?.ended; birth = await birthOf(pid))
    await new Promise(resolve => setTimeout(resolve, 5))
  const { born } = (await birthOf(pid))!
  expect(await stateOf({ ...(await thisOwner()), pid, born })).toBe('gone')
  parent.kill()
})
