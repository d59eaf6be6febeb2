import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearNotices } from '../base/notices.js'
import { thisOwner } from './lock/owner.js'
import { lockNewRun, lockRun } from './run-lock.js'

let parent: string
let runs: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fovea-run-lock-'))
  runs = join(parent, 'runs')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(parent, { recursive: true, force: true })
})

const advice = 'Do something else.'

test('a run is locked until it is released, and nothing is left, of folders above it neither', async () => {
  const path = join(runs, 'deep', 'a')
  const lock = await lockRun(path, advice)
  expect(lock.path).toBe(path)
  expect(readdirSync(join(runs, 'deep'))).toEqual(['.a.lock'])
  await expect(lockRun(path, advice)).rejects.toThrow(
    new RegExp(
      `^${path} is being trained by process ${process.pid} since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d; one process at a time can train a run\\.\n {2}Do something else\\.$`,
    ),
  )
  await lock.release()
  expect(readdirSync(parent)).toEqual([])
})

test('folders that hold something stay', async () => {
  const lock = await lockRun(join(runs, 'a'), advice)
  mkdirSync(join(runs, 'a'))
  await lock.release()
  expect(readdirSync(runs)).toEqual(['a'])
})

test('what is refused while it is prepared is released', async () => {
  const lock = await lockRun(join(runs, 'a'), advice)
  await expect(lock.during(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(existsSync(runs)).toBe(false)
})

test('new runs that begin at the same time get numbers one after the other', async () => {
  mkdirSync(join(runs, 'shapes-small-2'), { recursive: true })
  const locks = await Promise.all([1, 2, 3].map(() => lockNewRun(runs, 'shapes-small')))
  expect(locks.map(({ path }) => path).sort()).toEqual(
    [3, 4, 5].map(number => join(runs, `shapes-small-${number}`)),
  )
  for (const lock of locks) await lock.release()
  expect(readdirSync(runs)).toEqual(['shapes-small-2'])
})

test('the number of a process that was killed before its run began is taken again', async () => {
  mkdirSync(runs)
  const killed = { ...(await thisOwner()), pid: 999_999_999 }
  writeFileSync(join(runs, '.shapes-small-1.lock'), JSON.stringify(killed))
  const lock = await lockNewRun(runs, 'shapes-small')
  expect(lock.path).toBe(join(runs, 'shapes-small-1'))
  await lock.release()
})

test('a number that a process of another machine may have is passed over', async () => {
  mkdirSync(runs)
  const unseen = { ...(await thisOwner()), host: 'elsewhere' }
  writeFileSync(join(runs, '.shapes-small-1.lock'), JSON.stringify(unseen))
  const lock = await lockNewRun(runs, 'shapes-small')
  expect(lock.path).toBe(join(runs, 'shapes-small-2'))
  await lock.release()
})

test('a run that a process of another machine has left is watched, said, and taken over', async () => {
  mkdirSync(runs)
  const unseen = { ...(await thisOwner()), host: 'elsewhere', pid: 7 }
  writeFileSync(join(runs, '.a.lock'), JSON.stringify(unseen))
  const heard: string[] = []
  const stop = hearNotices(sentence => heard.push(sentence))
  const start = performance.now()
  // Every look is 5 seconds after the one before.
  let looks = 0
  vi.spyOn(performance, 'now').mockImplementation(() => start + 5000 * looks++)
  const lock = await lockRun(join(runs, 'a'), advice)
  stop()
  expect(heard).toEqual([
    `${join(runs, 'a')} was being trained by process 7 on elsewhere: looking for half a minute whether it still is.`,
  ])
  await lock.release()
})

test('a run that a process of another machine trains is refused as soon as that shows that it lives', async () => {
  mkdirSync(runs)
  const path = join(runs, '.a.lock')
  writeFileSync(path, JSON.stringify({ ...(await thisOwner()), host: 'elsewhere', pid: 7 }))
  let seconds = 0
  const touching = setInterval(() => utimesSync(path, ++seconds, seconds), 400)
  await expect(lockRun(join(runs, 'a'), advice)).rejects.toThrow(
    `${join(runs, 'a')} is being trained by process 7 on elsewhere since`,
  )
  clearInterval(touching)
})

test('a name may be as long as systems take', async () => {
  const path = join(runs, 'x'.repeat(255))
  const lock = await lockRun(path, advice)
  mkdirSync(path)
  await expect(lockRun(path, advice)).rejects.toThrow('is being trained by')
  await lock.release()
})

test('another path to the same folder finds the same lock', async () => {
  mkdirSync(join(runs, 'a'), { recursive: true })
  symlinkSync(join(runs, 'a'), join(parent, 'link'), 'junction')
  const lock = await lockRun(join(runs, 'a'), advice)
  for (const path of [join(parent, 'link'), `${join(runs, 'a')}/`])
    await expect(lockRun(path, advice)).rejects.toThrow(`${path} is being trained by process`)
  await lock.release()
})

test('a place that cannot be written is named', async () => {
  writeFileSync(join(parent, 'file'), '')
  const path = join(parent, 'file', 'run')
  await expect(lockRun(path, advice)).rejects.toThrow(
    `${path} cannot be written: a part of the path is a file, not a folder.\n  Runs and decoded pictures lie in one folder;`,
  )
})

test.skipIf(!existsSync('/proc/self'))(
  'a place that takes no files is an error, not a wait (needs /proc)',
  async () => {
    await expect(lockRun('/proc/fovea-run', advice)).rejects.toThrow(
      '/proc/fovea-run cannot be written: there is no such file or folder.',
    )
  },
)
