import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileError } from '../base/errors.js'
import { type Files, nodeFiles, writeAtomically } from './atomic-file.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-atomic-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const systemError = (code: string) => Object.assign(new Error(`${code}: simulated`), { code })

test('writes bytes and texts, in place of what was there', async () => {
  const path = join(folder, 'a.bin')
  await writeAtomically(path, 'first')
  await writeAtomically(path, Uint8Array.of(1, 2, 3))
  expect([...readFileSync(path)]).toEqual([1, 2, 3])
  expect(readdirSync(folder)).toEqual(['a.bin'])
})

test('many writes to one file at once leave one of them, whole', async () => {
  const path = join(folder, 'a.txt')
  await Promise.all(Array.from({ length: 20 }, (_, i) => writeAtomically(path, String(i).repeat(5000))))
  const text = readFileSync(path, 'utf8')
  expect(text).toBe(text.slice(0, text.length / 5000).repeat(5000))
  expect(readdirSync(folder)).toEqual(['a.txt'])
})

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['EACCES', 'permission denied'],
])('%s in the middle of writing keeps the old file and removes the new one', async (code, cause) => {
  const path = join(folder, 'last.safetensors')
  writeFileSync(path, 'the earlier checkpoint')
  const failing: Files = {
    ...nodeFiles,
    async create(temporary, bytes) {
      await nodeFiles.create(temporary, bytes.subarray(0, 4))
      throw systemError(code)
    },
  }
  const writing = writeAtomically(path, 'the newer checkpoint', failing)
  await expect(writing).rejects.toThrow(FileError)
  await expect(writing).rejects.toThrow(
    `${path} cannot be written: ${cause}.\n  What was there before is untouched. `,
  )
  expect(readFileSync(path, 'utf8')).toBe('the earlier checkpoint')
  expect(readdirSync(folder)).toEqual(['last.safetensors'])
})

test('where the folder is missing there is nothing to be untouched', async () => {
  const path = join(folder, 'nowhere', 'a')
  await expect(writeAtomically(path, 'a')).rejects.toThrow(
    `${path} cannot be written: there is no such file or folder.\n  Check the spelling of the path.`,
  )
})

test('a rename that fails leaves nothing behind', async () => {
  const path = join(folder, 'a')
  const failing: Files = { ...nodeFiles, rename: () => Promise.reject(systemError('EPERM')) }
  await expect(writeAtomically(path, 'x', failing)).rejects.toThrow('cannot be written: permission denied.')
  expect(readdirSync(folder)).toEqual([])
})

test('a path through a file, and one through nothing, are refused', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(writeAtomically(join(folder, 'file', 'a'), 'x')).rejects.toThrow('is a file, not a folder')
  await expect(writeAtomically(join(folder, 'none', 'a'), 'x')).rejects.toThrow('no such file or folder')
})

test('an error that does not come from the system stays what it is', async () => {
  const bug = new TypeError('a bug')
  const failing: Files = { ...nodeFiles, create: () => Promise.reject(bug) }
  await expect(writeAtomically(join(folder, 'a'), 'x', failing)).rejects.toBe(bug)
})

/** A real disk of 64 kB, for who may mount one. */
function mountTinyDisk(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a disk that is really full loses no earlier file (skips itself where no disk can be mounted)', async context => {
  if (!mountTinyDisk(folder)) context.skip('mounting a small disk is not allowed here')
  try {
    const path = join(folder, 'last.safetensors')
    await writeAtomically(path, new Uint8Array(30_000).fill(1))
    await expect(writeAtomically(path, new Uint8Array(60_000).fill(2))).rejects.toThrow('the disk is full')
    expect(readFileSync(path).every(byte => byte === 1)).toBe(true)
    expect(readdirSync(folder)).toEqual(['last.safetensors'])
  } finally {
    execFileSync('umount', [folder])
  }
})
