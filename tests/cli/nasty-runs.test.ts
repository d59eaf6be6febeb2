import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { fovea, interruptedAt } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { bin, codeOf, endBy, start, until } from './started-program.js'
import { useTemporaryFolder } from './temporary-folder.js'

// Bad luck with pictures of one's own: processes that are killed, files that change or vanish, folders that cannot be written.

useTemporaryFolder()

const quick = '--model small --no-report --deterministic --size 32'

beforeAll(async () => {
  await drawPhotos('photos', { left: 24, middle: 24, top: 24 })
})

/** The files of the store of a folder of pictures, by their endings. */
function storeOf(place: string, runs: string): { bytes: string; jsonl: string; lock: string } {
  const folder = join(runs, '.pictures')
  const name = readdirSync(folder).find(name => name.startsWith(`${place}-`) && name.endsWith('.bytes'))!
  const stem = join(folder, name.slice(0, -'.bytes'.length))
  return { bytes: `${stem}.bytes`, jsonl: `${stem}.jsonl`, lock: `${stem}.lock` }
}

const weights = (run: string, name = 'last'): Buffer => readFileSync(join(run, `${name}.safetensors`))

test('killed while it reads pictures: the same command goes on, and comes to the same bits', async () => {
  for (const [kind, colour] of [
    ['red', { r: 200, g: 20, b: 20 }],
    ['blue', { r: 20, g: 20, b: 200 }],
  ] as const) {
    mkdirSync(`large/${kind}`, { recursive: true })
    for (let i = 0; i < 12; i++) {
      const background = { ...colour, g: 10 * i }
      await sharp({ create: { width: 1500, height: 1500, channels: 3, background } })
        .png()
        .toFile(`large/${kind}/${i}.png`)
    }
  }
  const command = `train large ${quick} --epochs 2`
  const started = start(`${command} --run torn/a`)
  const readsPictures = () =>
    existsSync('torn/.pictures') &&
    readdirSync('torn/.pictures').some(
      name => name.endsWith('.bytes') && statSync(join('torn/.pictures', name)).size > 0,
    )
  await until(readsPictures, started)
  await endBy(started, 'SIGKILL')
  const { lock } = storeOf('large', 'torn')
  expect(existsSync(lock)).toBe(true)
  expect(existsSync('torn/a')).toBe(false)
  expect((await fovea(`${command} --run torn/a`)).exitCode).toBe(0)
  expect(existsSync(lock)).toBe(false)
  expect((await fovea(`${command} --run straight/a`)).exitCode).toBe(0)
  expect(weights('torn/a').equals(weights('straight/a'))).toBe(true)
})

test('killed in the middle of training: --resume ends with the bits of a run that never was', async () => {
  const command = `train photos ${quick} --epochs 12 --batch-size 4 --checkpoint-every 0.02`
  const whole = codeOf(start(`${command} --run killed/whole`))
  let started = start(`${command} --run killed/run`)
  const last = 'killed/run/last.safetensors'
  const stamp = () => statSync(last, { throwIfNoEntry: false })?.mtimeMs ?? 0
  let kills = 0
  for (; kills < 3; kills++) {
    const before = stamp()
    await until(() => stamp() !== before, started)
    if (started.child.exitCode !== null) break
    await endBy(started, 'SIGKILL')
    started = start('train --resume killed/run --no-report')
  }
  expect(kills).toBeGreaterThan(0)
  expect(await codeOf(started)).toBe(0)
  expect(await whole).toBe(0)
  for (const name of ['last', 'best'])
    expect(weights('killed/run', name).equals(weights('killed/whole', name)), name).toBe(true)
})

test('two processes that train on the same folder at the same time read each picture once', async () => {
  const command = `train photos ${quick} --epochs 1`
  const codes = await Promise.all(['a', 'b'].map(run => codeOf(start(`${command} --run both/${run}`))))
  expect(codes).toEqual([0, 0])
  expect(weights('both/a').equals(weights('both/b'))).toBe(true)
  const { bytes, lock } = storeOf('photos', 'both')
  expect(statSync(bytes).size).toBe(72 * 32 * 32 * 3)
  expect(existsSync(lock)).toBe(false)
})

test('decoded pictures that were deleted or cut off between two runs are made anew', async () => {
  const command = `train photos ${quick} --epochs 1`
  await fovea(`${command} --run damaged/before`)
  const { bytes, jsonl } = storeOf('photos', 'damaged')
  const damages = [
    () => rmSync(bytes),
    () => truncateSync(bytes, 5000),
    () => rmSync(jsonl),
    () => truncateSync(jsonl, 700),
  ]
  for (const [i, damage] of damages.entries()) {
    damage()
    const { exitCode } = await fovea(`${command} --run damaged/after${i}`)
    expect(exitCode).toBe(0)
    expect(weights(`damaged/after${i}`).equals(weights('damaged/before')), `${i}`).toBe(true)
  }
  const { exitCode } = await fovea('evaluate damaged/before')
  expect(exitCode).toBe(0)
})

test('decoded pictures that vanish in the middle of training end it with what to do; --resume and evaluate go on', async () => {
  const command = `train photos ${quick} --epochs 300 --checkpoint-every 0.02 --run vanish/run`
  const started = start(command)
  await until(() => existsSync('vanish/run/best.safetensors'), started)
  truncateSync(storeOf('photos', 'vanish').bytes, 0)
  const { code, err: said } = await started.end
  expect(code).toBe(1)
  expect(said).toMatch(/-32x32x3-crop\.bytes: picture \d+ is not there any more\./)
  expect(said).not.toContain('    at ')
  expect((await fovea('evaluate vanish/run')).exitCode).toBe(0)
  const resumed = await interruptedAt(/^Epoch \d+\/300/, 'train --resume vanish/run')
  expect(resumed.exitCode).toBe(130)
})

/** Files of a run's folder of pictures that are none of the test's, nor of the validation part's. */
async function learnedFiles(run: string, place: string): Promise<string[]> {
  const measured = await Promise.all(
    ['', ' --validation'].map(async part => (await fovea(`evaluate ${run}${part} --worst 1000`)).out),
  )
  const files = ['left', 'top'].flatMap(kind =>
    readdirSync(join(place, kind)).map(name => `${place}/${kind}/${name}`),
  )
  const named = new Set(measured.flatMap(out => out.match(/\S+\.png$/gm) ?? []))
  return files.filter(file => !named.has(file))
}

test('a run does not go on with other pictures than it began with, and says what has changed', async () => {
  await drawPhotos('changing', { left: 20, top: 20 })
  const settings = `${quick} --epochs 3`
  await fovea(`train changing ${settings} --run whole`)
  await interruptedAt(/^Epoch 1\/3/, `train changing ${settings} --run torn-run`)
  const [first, second] = (await learnedFiles('torn-run', 'changing')) as [string, string]
  const refused = async () => {
    const before = weights('torn-run')
    const { exitCode, err } = await fovea('train --resume torn-run --no-report')
    expect(exitCode).toBe(1)
    expect(weights('torn-run').equals(before)).toBe(true)
    expect(err).toContain('changing has other pictures to train on than when torn-run began: ')
    expect(err).toContain('Put the pictures back as they were, or begin another run with those of now.')
    return err
  }
  renameSync(first, 'aside.png')
  expect(await refused()).toMatch(
    /began: then (\d+) and \d+ for validation, now \d+ and \d+ for validation\./,
  )
  copyFileSync(second, first)
  expect(await refused()).toContain('as many, but some were changed, replaced or given another class.')
  renameSync('aside.png', first)
  await drawPhotos('changing', { left: 20 }, { from: 100 })
  await refused()
  for (let i = 100; i < 120; i++) rmSync(`changing/left/${i}.png`)
  renameSync('changing/top', 'changing/up')
  await refused()
  renameSync('changing/up', 'changing/top')
  // Another name for the same content changes nothing.
  renameSync(first, first.replace('.png', '-again.png'))
  const resumed = await fovea('train --resume torn-run --no-report')
  expect(resumed.exitCode).toBe(0)
  for (const name of ['last', 'best'])
    expect(weights('torn-run', name).equals(weights('whole', name)), name).toBe(true)
})

test('evaluate says that the pictures are others than those of the training; runs of earlier versions do not know', async () => {
  await drawPhotos('later', { left: 15, top: 15 })
  await fovea(`train later ${quick} --epochs 1 --run later-run`)
  expect((await fovea('evaluate later-run')).err).toBe('')
  await drawPhotos('later', { left: 15, top: 15 }, { from: 100 })
  const { exitCode, err } = await fovea('evaluate later-run')
  expect(exitCode).toBe(0)
  expect(err).toMatch(
    /^later has other pictures to train on than when later-run began: then \d+ and \d+ for validation, now \d+ and \d+ for validation\. What it has learned may be among the test pictures of now\.$/,
  )
  const { fingerprint, ...earlier } = JSON.parse(readFileSync('later-run/config.json', 'utf8'))
  expect(fingerprint).toMatchObject({ train: expect.any(Number), validation: expect.any(Number) })
  writeFileSync('later-run/config.json', JSON.stringify(earlier))
  expect((await fovea('evaluate later-run')).err).toBe('')
  for (let i = 100; i < 115; i++) for (const kind of ['left', 'top']) rmSync(`later/${kind}/${i}.png`)
  const resumed = await fovea('train --resume later-run --epochs 2 --no-report')
  expect(resumed.exitCode).toBe(0)
  expect(JSON.parse(readFileSync('later-run/config.json', 'utf8')).fingerprint).toEqual(fingerprint)
})

test('runs that is a file: said, with what to do', async () => {
  mkdirSync('filed')
  writeFileSync('filed/runs', '')
  const { exitCode, err } = await fovea(`train photos ${quick} --epochs 1 --run filed/runs/a`)
  expect(exitCode).toBe(1)
  expect(err).toContain('a part of the path is a file, not a folder.')
  expect(err).toContain('--run PLACE/NAME puts both elsewhere.')
})

/** Somebody who may not do everything: whoever runs this, or the user nobody where that is root. */
const somebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

const asSomebody = (commandLine: string) =>
  spawnSync(process.execPath, [bin, ...commandLine.split(' ')], {
    encoding: 'utf8',
    env: { ...process.env, HOME: process.cwd() },
    ...somebody,
  })

test.skipIf(process.platform === 'win32')(
  'no permission: files that may not be read are said and tried again, runs that may not be written are refused, and can be measured',
  async context => {
    chmodSync('.', 0o777)
    if (asSomebody('--version').status !== 0) context.skip('the user nobody may not start the program here')
    await drawPhotos('closed', { left: 10, top: 10 })
    chmodSync('closed/left/3.png', 0)
    mkdirSync('theirs', { mode: 0o777 })
    chmodSync('theirs', 0o777)
    const command = `train closed ${quick} --epochs 1 --run`
    const first = asSomebody(`${command} theirs/a`)
    expect(first.stderr).toContain('1 file cannot be used and is left out:')
    expect(first.stderr).toMatch(/closed\/left\/3\.png cannot be read: permission denied\./)
    expect(first.status).toBe(0)
    chmodSync('closed/left/3.png', 0o644)
    const second = asSomebody(`${command} theirs/b`)
    expect(second.stderr).toBe('')
    expect(second.status).toBe(0)

    cpSync('theirs', 'readable', { recursive: true })
    for (const path of ['readable', ...readdirSync('readable', { recursive: true }).map(String)]) {
      const full = path === 'readable' ? path : join('readable', path)
      chmodSync(full, statSync(full).isDirectory() ? 0o555 : 0o444)
    }
    const refused = asSomebody(`${command} readable/c`)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(/readable\/\S+ cannot be written: permission denied\./)
    expect(refused.stderr).not.toContain('    at ')
    const measured = asSomebody('evaluate readable/b')
    expect(measured.stderr).toBe('')
    expect(measured.stdout).toMatch(/on the \d+ test pictures of closed/)
    for (const path of readdirSync('readable', { recursive: true }).map(String))
      if (statSync(join('readable', path)).isDirectory()) chmodSync(join('readable', path), 0o755)
    chmodSync('readable', 0o755)
  },
)
