import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { usePlatform } from '../../src/base/platform.js'
import { nodePlatform } from '../../src/node/platform.js'
import { writeTinyCifar10 } from './tiny-cifar10.js'

/**
 * Lets the tests of a file run in a folder of their own, with the pictures of `writeTinyCifar10` in `tiny/`.
 * Relative paths on their command lines begin there.
 */
export function useTemporaryFolder(): void {
  const before = process.cwd()
  let folder: string
  beforeAll(() => {
    usePlatform({ ...nodePlatform, terminal: null })
    folder = mkdtempSync(join(tmpdir(), 'fovea-cli-'))
    writeTinyCifar10(join(folder, 'tiny'))
    process.chdir(folder)
  })
  afterAll(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true, force: true })
  })
}
