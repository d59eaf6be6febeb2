import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GrowingFile } from './growing-file.js'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-growing-'))
  path = join(folder, 'list.csv')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('the old file is there until the new one is whole', async () => {
  writeFileSync(path, 'old')
  const file = await GrowingFile.create(path)
  await file.append('a\n')
  await file.append('b\n')
  expect(readFileSync(path, 'utf8')).toBe('old')
  await file.finish()
  expect(readFileSync(path, 'utf8')).toBe('a\nb\n')
  expect(readdirSync(folder)).toEqual(['list.csv'])
})

test('given up, it leaves nothing behind', async () => {
  writeFileSync(path, 'old')
  const file = await GrowingFile.create(path)
  await file.append('a\n')
  await file.giveUp()
  expect(readdirSync(folder)).toEqual(['list.csv'])
  expect(readFileSync(path, 'utf8')).toBe('old')
  await expect(file.append('b\n')).rejects.toThrow()
})

test('where no file can be made that is said', async () => {
  const nowhere = join(folder, 'none', 'list.csv')
  await expect(GrowingFile.create(nowhere)).rejects.toThrow(
    `${nowhere} cannot be written: there is no such file or folder.`,
  )
})
