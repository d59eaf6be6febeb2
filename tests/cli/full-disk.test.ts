import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunFolder } from '../../src/node/run-folder.js'
import { fovea } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const disk = 'disk'
let mounted = false

beforeAll(() => {
  mkdirSync(disk)
  try {
    // Room for one checkpoint of the small network (60 + 120 kB), not for a second beside it.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220k', 'tmpfs', disk], { stdio: 'ignore' })
    mounted = true
  } catch {
    mounted = false
  }
})

afterAll(() => {
  // Decoded pictures are open as long as somebody may read them: it vanishes when this process does.
  if (mounted) execFileSync('umount', ['--lazy', disk])
})

test('a disk that fills up while training loses no earlier checkpoint', async context => {
  if (!mounted) context.skip('mounting a small disk is not allowed here')
  const { exitCode, err } = await fovea('train cifar10 --data tiny --model small --epochs 5 --run disk/run')
  expect(exitCode).toBe(1)
  expect(err).toMatch(/disk\/run\/\w+\.safetensors cannot be written: the disk is full\./)
  expect(err).toContain(
    'What was there before is untouched. Free some space there, or choose another folder.',
  )
  expect(err).not.toContain('    at ')
  expect(readdirSync('disk/run').filter(name => name.endsWith('.tmp'))).toEqual([])
  const checkpoint = await (await RunFolder.open('disk/run')).checkpoint()
  expect(checkpoint!.state.epoch).toBeGreaterThan(0)
  execFileSync('mount', ['-o', 'remount,size=4m', disk])
  const resumed = await fovea('train --resume disk/run')
  expect(resumed.exitCode).toBe(0)
  expect(resumed.out).toContain('Saved in disk/run')
})

test('a disk that fills up while pictures are decoded spoils none of them', async context => {
  if (!mounted) context.skip('mounting a small disk is not allowed here')
  execFileSync('mount', ['-o', 'remount,size=4m', disk])
  rmSync(`${disk}/run`, { recursive: true })
  await drawPhotos('photos', { left: 40, middle: 40, top: 40 })
  // Pages of 4 KiB and pictures of 3 KiB: the last that begins to fit does not fit to its end.
  execFileSync('mount', ['-o', 'remount,size=220k', disk])
  const command = 'train photos --model small --epochs 1 --size 32 --no-report --deterministic --run'
  const { exitCode, err } = await fovea(`${command} disk/a`)
  expect(exitCode).toBe(1)
  expect(err).toMatch(/disk\/\.pictures\/photos-\w+-32x32x3-crop\.\w+ cannot be written: the disk is full\./)
  expect(err).toContain('Free some space there, or choose another folder.')
  expect(err).not.toContain('    at ')
  expect(readdirSync('disk')).toEqual(['.pictures'])
  expect(readdirSync('disk/.pictures').filter(name => name.endsWith('.lock'))).toEqual([])
  execFileSync('mount', ['-o', 'remount,size=4m', disk])
  expect((await fovea(`${command} disk/a`)).exitCode).toBe(0)
  expect((await fovea(`${command} elsewhere/a`)).exitCode).toBe(0)
  const weights = (run: string) => readFileSync(`${run}/last.safetensors`)
  expect(weights('disk/a').equals(weights('elsewhere/a'))).toBe(true)
})
