import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from './make-folder.js'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fovea-folder-'))
})
afterEach(() => rmSync(parent, { recursive: true }))

test('a folder is made with those above it, once', async () => {
  const path = join(parent, 'a', 'b', 'c')
  expect(await makeFolder(path)).toEqual([join(parent, 'a'), join(parent, 'a', 'b'), path])
  expect(await makeFolder(path)).toEqual([])
  expect(statSync(path).isDirectory()).toBe(true)
})

test('a file in the way is an error', async () => {
  writeFileSync(join(parent, 'a'), '')
  await expect(makeFolder(join(parent, 'a'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(parent, 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test.skipIf(!existsSync('/proc/self'))(
  'a place that takes no folders is an error, not a wait (needs /proc)',
  async () => {
    await expect(makeFolder('/proc/fovea/run')).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
