import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeFolderAccess } from './folder-access.js'
import { holdsPictures } from './holds-pictures.js'

let place: string

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'fovea-holds-'))
})

afterAll(() => rmSync(place, { recursive: true }))

function write(path: string): void {
  mkdirSync(join(place, path, '..'), { recursive: true })
  writeFileSync(join(place, path), '')
}

const holds = (folder: string) => holdsPictures(join(place, folder), nodeFolderAccess)

test('finds pictures at any depth, none that are hidden, and no other files', async () => {
  write('deep/a/b/1.jpg')
  write('other/a/notes.txt')
  write('hidden/.1.jpg')
  expect(await holds('deep')).toBe(true)
  expect(await holds('other')).toBe(false)
  expect(await holds('hidden')).toBe(false)
  expect(await holds('nowhere')).toBe(false)
})

test('looks into so many folders only', async () => {
  for (let i = 0; i < 120; i++) write(`many/${i}/notes.txt`)
  const opened: string[] = []
  const access = {
    ...nodeFolderAccess,
    entries: (folder: string) => {
      opened.push(folder)
      return nodeFolderAccess.entries(folder)
    },
  }
  expect(await holdsPictures(join(place, 'many'), access)).toBe(false)
  expect(opened).toHaveLength(100)
})
