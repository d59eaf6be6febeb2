import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { birthOf } from '../../src/node/lock/machine.js'
import { thisOwner } from '../../src/node/lock/owner.js'
import { fovea } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { bin, endBy, type Started, start, until } from './started-program.js'
import { useTemporaryFolder } from './temporary-folder.js'

// One run, one process that trains it: real processes that get in each other's way.

useTemporaryFolder()

const quick = 'train cifar10 --data tiny --model small --batch-size 3 --no-report'
const long = `${quick} --epochs 100000 --checkpoint-every 0.02`

beforeAll(async () => {
  await drawPhotos('photos', { left: 24, middle: 24, top: 24 })
})

/** Trains a run that has a checkpoint, and is far from its end. */
async function startLong(run: string): Promise<Started> {
  const started = start(`${long} --run ${run}`)
  await until(() => existsSync(join(run, 'last.safetensors')), started)
  expect(started.child.exitCode).toBeNull()
  return started
}

/** Locks that lie in a folder, or in a folder in it. */
const locksIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('.lock'))

const files = ['best.safetensors', 'config.json', 'history.jsonl', 'last.safetensors', 'validation']

const eventsOf = (run: string): { type: string; epoch?: number; reason?: string }[] =>
  readFileSync(join(run, 'history.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

test('trainings that are started at the same time without a name get numbers of their own, and end well', async () => {
  const command = 'train photos --model small --epochs 2 --size 32 --no-report --deterministic'
  const ends = await Promise.all([1, 2, 3].map(() => start(command).end))
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
  const names = ['photos-small-1', 'photos-small-2', 'photos-small-3']
  expect(readdirSync('runs').sort()).toEqual(['.pictures', ...names])
  for (const run of names.map(name => join('runs', name))) {
    expect(readdirSync(run).sort()).toEqual(files)
    expect(eventsOf(run).map(({ type }) => type)).toEqual(['begin', 'epoch', 'epoch', 'end'])
    expect(
      readFileSync(join(run, 'last.safetensors')).equals(
        readFileSync(join('runs', names[0]!, 'last.safetensors')),
      ),
    ).toBe(true)
  }
  expect(locksIn('runs')).toEqual([])
})

test('a name is taken from the moment on that pictures begin to be read', async () => {
  const command = 'train cifar10 --data tiny --model small --epochs 1 --no-report'
  // As a process has it that reads pictures: this one lives.
  writeFileSync('runs/.cifar10-small-1.lock', JSON.stringify(await thisOwner()))
  const { exitCode, out } = await fovea(command)
  expect(exitCode).toBe(0)
  expect(out).toContain('Saved in runs/cifar10-small-2')
  rmSync('runs/.cifar10-small-1.lock')
})

test('a run that is being trained is not trained by another process, and can be looked at', async () => {
  const first = await startLong('busy')
  // Refused before pictures are read: there are none.
  renameSync('tiny', 'away')
  const began = readFileSync('busy/config.json', 'utf8')
  for (const [command, advice] of [
    ['train --resume busy', 'Let it end, or end it with Ctrl-C; then: npx fovea train --resume busy.'],
    [`${quick} --epochs 1 --run busy`, 'Name another folder; without --run the next free number is taken.'],
  ] as const) {
    const { exitCode, out, err } = await fovea(command)
    expect(err).toMatch(
      new RegExp(
        `^busy is being trained by process ${first.child.pid} since [-\\d]{10} [:\\d]{8}; one process`,
      ),
    )
    expect(err).toContain(`\n  ${advice}`)
    expect([exitCode, out]).toEqual([1, ''])
  }
  renameSync('away', 'tiny')
  expect(readFileSync('busy/config.json', 'utf8')).toBe(began)
  for (const reading of [
    'evaluate busy',
    'predict busy photos/left/0.png',
    'plot history busy',
    'info busy',
    'report busy -o busy.html',
  ])
    expect(await fovea(reading), reading).toMatchObject({ exitCode: 0 })
  expect(await endBy(first, 'SIGINT')).toBe(130)
  expect(locksIn('.')).toEqual([])
  const events = eventsOf('busy')
  expect(events.filter(({ type }) => type === 'begin')).toHaveLength(1)
  expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' })
  const epochs = events.flatMap(({ type, epoch }) => (type === 'epoch' ? [epoch] : []))
  expect(epochs).toEqual(epochs.map((_, epoch) => epoch))
})

test('who was killed keeps nobody from going on; of two that do at the same time one is refused', async () => {
  expect(await endBy(await startLong('killed'), 'SIGKILL')).toBeNull()
  expect(locksIn('.')).toEqual(['.killed.lock'])
  const both = ['train --resume killed', 'train --resume killed'].map(command => start(command))
  const refused = await Promise.race(both.map(async one => ({ one, ...(await one.end) })))
  const other = both.find(one => one !== refused.one)!
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(`killed is being trained by process ${other.child.pid} since`)
  expect(await endBy(other, 'SIGKILL')).toBeNull()
  const resumed = start('train --resume killed')
  const lines = eventsOf('killed').length
  await until(() => eventsOf('killed').length !== lines, resumed)
  expect(await endBy(resumed, 'SIGINT')).toBe(130)
  expect(locksIn('.')).toEqual([])
})

test.skipIf((await birthOf(process.pid)) === null)(
  'a number that another program has by now keeps nobody from going on',
  async () => {
    await fovea(`${quick} --epochs 1 --run reused`)
    const owner = await thisOwner()
    writeFileSync('.reused.lock', JSON.stringify({ ...owner, born: `${Number(owner.born) - 1}` }))
    expect(await fovea('train --resume reused --epochs 2')).toMatchObject({ exitCode: 0 })
    expect(locksIn('.')).toEqual([])
  },
)

test.each([
  ['data that is not there', 'train cifar10 --data nowhere --run failed/a', 'nowhere: there is no such file'],
  ['a training that diverges', `${quick} --epochs 3 --learning-rate 1e30 --run failed/a`, 'learning rate'],
  ['a run that came to its end', 'train --resume done', 'the one epoch of this run is done'],
  ['a setting that cannot change', 'train --resume done --seed 3', '--seed cannot be given with --resume'],
  ['a run that is there already', `${quick} --run done`, 'there is a run in this folder already'],
])('%s leaves no lock and no folder', async (_, command, message) => {
  if (!existsSync('done')) await fovea(`${quick} --epochs 1 --run done`)
  const { exitCode, err } = await fovea(command)
  expect(exitCode).toBe(1)
  expect(err).toContain(message)
  expect(locksIn('.')).toEqual([])
  expect(existsSync('failed')).toBe(false)
})

test('a second Ctrl-C quits at once, and leaves no lock either', async () => {
  const started = await startLong('twice')
  started.child.kill('SIGINT')
  expect(await endBy(started, 'SIGINT')).toBe(130)
  expect(locksIn('.')).toEqual([])
})

test('Ctrl-C while pictures are read leaves no lock', async () => {
  const started = start('train photos --model small --size 48 --no-report --run stopped/a')
  await until(() => existsSync('stopped/.a.lock'), started)
  const read = () => readdirSync('stopped', { recursive: true, encoding: 'utf8' })
  await until(() => read().some(name => name.endsWith('48x48x3-crop.bytes')), started)
  expect(await endBy(started, 'SIGINT')).toBe(130)
  expect(locksIn('stopped')).toEqual([])
})

test('comparisons are kept apart like runs', async () => {
  const compared =
    'remedies cifar10 --data tiny --model small --pictures 60 --batch-size 16 --only none,l2 --run compared'
  const first = start(`${compared} --epochs 100000`)
  await until(() => existsSync('compared/none/last.safetensors'), first)
  const by = `is being trained by process ${first.child.pid} since`
  const resumed = await fovea('remedies --resume compared')
  expect(resumed.err).toContain(`compared ${by}`)
  expect(resumed.err).toContain('then: npx fovea remedies --resume compared.')
  expect((await fovea(`${compared} --epochs 1`)).err).toContain(`compared ${by}`)
  expect((await fovea('train --resume compared/none')).err).toContain(`compared/none ${by}`)
  expect(await endBy(first, 'SIGINT')).toBe(130)
  expect(locksIn('.')).toEqual([])
})

test('comparisons that are started at the same time without a name get numbers of their own', async () => {
  mkdirSync('apart')
  const command =
    'remedies cifar10 --data ../tiny --model small --pictures 60 --epochs 1 --batch-size 16 --only none'
  const codes = [1, 2].map(() => {
    const child = spawn(process.execPath, [bin, ...command.split(' ')], { cwd: 'apart', stdio: 'ignore' })
    return new Promise(resolve => child.on('exit', resolve))
  })
  expect(await Promise.all(codes)).toEqual([0, 0])
  expect(readdirSync('apart/runs').sort()).toEqual(['remedies-cifar10-1', 'remedies-cifar10-2'])
})

test.skipIf(process.getuid?.() !== 0)(
  'a run in a folder that takes nothing new is locked in its own folder (needs root, to be nobody)',
  async context => {
    const nobody = { uid: 65534, gid: 65534 }
    const asNobody = (commandLine: string) =>
      spawnSync(process.execPath, [bin, ...commandLine.split(' ')], {
        encoding: 'utf8',
        env: { ...process.env, HOME: process.cwd() },
        ...nobody,
      })
    chmodSync('.', 0o755)
    if (asNobody('--version').status !== 0) context.skip('the user nobody may not start the program here')
    await fovea(`${quick} --epochs 1 --run closed/run`)
    for (const path of ['closed/run', ...readdirSync('closed/run').map(name => join('closed/run', name))])
      chownSync(path, nobody.uid, nobody.gid)
    expect(statSync('closed').uid).toBe(0)
    writeFileSync('closed/run/.lock', JSON.stringify(await thisOwner()))
    chownSync('closed/run/.lock', nobody.uid, nobody.gid)
    const refused = asNobody('train --resume closed/run --epochs 2 --no-report')
    expect(refused.stderr).toContain(`closed/run is being trained by process ${process.pid} since`)
    writeFileSync('closed/run/.lock', JSON.stringify({ ...(await thisOwner()), pid: 999_999_999 }))
    const resumed = asNobody('train --resume closed/run --epochs 2 --no-report')
    expect(resumed.stderr).not.toContain('cannot be')
    expect(resumed.status).toBe(0)
    expect(readdirSync('closed/run').sort()).toEqual(files)
  },
)
