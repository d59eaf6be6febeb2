import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunFolder } from '../../src/node/run-folder.js'
import { fovea } from './capture.js'
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
  if (mounted) execFileSync('umount', [disk])
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
