import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bin, codeOf, endBy, type Started, start as startIn } from './started-program.js'
import { writeTinyCifar10 } from './tiny-cifar10.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-process-'))
  writeTinyCifar10(join(folder, 'tiny'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const epochs = 30
const training = `train cifar10 --data tiny --model small --batch-size 3 --epochs ${epochs} --checkpoint-every 0.02 --train-eval 20`

const start = (commandLine: string): Started => startIn(commandLine, folder)

const read = (run: string, file: string): Buffer => readFileSync(join(folder, run, file))

/** Waits until the file has changed that many times. */
async function changes(path: string, times: number, { child }: Started): Promise<void> {
  const stamp = () => (existsSync(path) ? statSync(path).mtimeMs : 0)
  let last = stamp()
  for (let seen = 0; seen < times && child.exitCode === null; ) {
    await new Promise(resolve => setTimeout(resolve, 2))
    if (stamp() === last) continue
    last = stamp()
    seen++
  }
}

test('a run that is killed again and again ends with the same bits as one that never was', async () => {
  const whole = codeOf(start(`${training} --run whole`))
  let started = start(`${training} --run killed`)
  let kills = 0
  // Each time a little later after a checkpoint: in the middle of steps, of writing, between two files.
  for (let delay = 0; delay < 8; delay++) {
    await changes(join(folder, 'killed', 'last.safetensors'), 3, started)
    await new Promise(resolve => setTimeout(resolve, delay))
    if ((await endBy(started, 'SIGKILL')) !== null) break
    kills++
    started = start(`train --resume killed --threads ${1 + (delay % 3)}`)
  }
  expect(await codeOf(started)).toBe(0)
  expect(kills).toBeGreaterThan(2)
  expect(await whole).toBe(0)
  for (const file of ['last.safetensors', 'best.safetensors'])
    expect(read('killed', file).equals(read('whole', file)), file).toBe(true)
  const rows = readdirSync(join(folder, 'whole', 'validation'))
  expect(rows).toHaveLength(epochs)
  expect(readdirSync(join(folder, 'killed', 'validation')).sort()).toEqual(rows.sort())
  for (const file of rows.map(name => join('validation', name)))
    expect(read('killed', file).equals(read('whole', file)), file).toBe(true)
  expect(readdirSync(join(folder, 'killed')).filter(name => name.endsWith('.tmp'))).toEqual([])
}, 180_000) // ten processes; a busy machine needs its time

test('a run that was killed before its first checkpoint begins anew, to the same bits', async () => {
  const short = 'train cifar10 --data tiny --model small --batch-size 3 --epochs 2'
  expect(await codeOf(start(`${short} --run complete`))).toBe(0)
  mkdirSync(join(folder, 'early'))
  copyFileSync(join(folder, 'complete', 'config.json'), join(folder, 'early', 'config.json'))
  expect(await codeOf(start('train --resume early'))).toBe(0)
  expect(read('early', 'last.safetensors').equals(read('complete', 'last.safetensors'))).toBe(true)
})

test('Ctrl-C ends a real process in an orderly way', async () => {
  const started = start(`${training} --epochs 500 --run stopped`)
  await changes(join(folder, 'stopped', 'last.safetensors'), 2, started)
  expect(await endBy(started, 'SIGINT')).toBe(130)
  const last = read('stopped', 'history.jsonl').toString().trimEnd().split('\n').at(-1)!
  expect(JSON.parse(last)).toMatchObject({ type: 'end', reason: 'stopped' })
})

test('what goes into a pipe has no escape codes, in CI neither', () => {
  const words = [bin, ...`${training} --epochs 1 --run plain`.split(' ')]
  const { NO_COLOR: _, ...env } = process.env
  const said = (more: NodeJS.ProcessEnv) =>
    execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env: { ...env, ...more } })
  expect(said({ CI: 'true' })).not.toContain('\x1b')
  rmSync(join(folder, 'plain'), { recursive: true })
  expect(said({ FORCE_COLOR: '1' })).toContain('\x1b[1m')
})

test('the program stands alone, and says when it is not built', () => {
  const summary = execFileSync(process.execPath, [bin, 'summary'], { encoding: 'utf8' })
  expect(summary).toContain('Total params: 631,658')
  mkdirSync(join(folder, 'bin'))
  copyFileSync(bin, join(folder, 'bin', 'fovea.mjs'))
  const unbuilt = spawnSync(process.execPath, [join(folder, 'bin', 'fovea.mjs')], { encoding: 'utf8' })
  expect(unbuilt.stderr).toBe('Not built yet: run npm run build\n')
  expect(unbuilt.status).toBe(1)
})

test.skipIf(process.platform === 'win32')(
  'a reader that stops reading ends the program without an error',
  () => {
    const command = `"${process.execPath}" "${bin}" ${training} --run piped --json | head -1`
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect(stdout).toMatch(/^{"type":"begin",.*}\n$/)
    expect(stderr).not.toContain('EPIPE')
    expect(existsSync(join(folder, 'piped', 'history.jsonl'))).toBe(true)
    expect(read('piped', 'history.jsonl').toString()).not.toContain('"type":"end"')
  },
)

test('threads that were never asked to compute do not keep the process alive', async () => {
  expect(await codeOf(start('explain plan --model small'))).toBe(0)
})

test.skipIf(!existsSync('/dev/full'))(
  'output that goes to a full disk is an error without a stack trace',
  () => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [bin, 'summary'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect(status).toBe(1)
    expect(stderr).toContain('The standard output cannot be written: the disk is full.')
    expect(stderr).not.toContain('    at ')
  },
)
