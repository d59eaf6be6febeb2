import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { arimoFile, lackedByArimo } from './arimo.js'
import { cmapOf, collectionOf, fontOf, groupsTable } from './font-bytes.fixture.js'
import { readCharacterMap } from './font-file.js'
import { unknownToSystem } from './system-fonts.js'

const folder = mkdtempSync(join(tmpdir(), 'fovea-fonts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
const mapOf = (...codes: readonly number[]) =>
  cmapOf(groupsTable(codes.map(code => [code, code, 1] as const)))

test('Arimo has Latin, Greek, Cyrillic and Hebrew letters, in both weights', async () => {
  for (const weight of ['normal', 'bold'] as const) {
    const has = await readCharacterMap(arimoFile(weight))
    for (const letter of 'aßλжש×→…') expect(has(letter.codePointAt(0)!), letter).toBe(true)
    for (const letter of '猫🐱قक') expect(has(letter.codePointAt(0)!), letter).toBe(false)
  }
})

test('lacked is what would be a box: each once, no blanks, joiners, selectors', async () => {
  expect(await lackedByArimo('dog собака e\u0301\u00a0\n')).toEqual([])
  expect(await lackedByArimo('猫 🐱猫 👨‍👩 ❤️\u200f')).toEqual(['猫', '🐱', '👨', '👩', '❤'])
})

test('of a collection all fonts count', async () => {
  const has = await readCharacterMap(written('two.ttc', collectionOf([mapOf(0x41), mapOf(0x732b)])))
  expect([0x41, 0x732b, 0x42].map(has)).toEqual([true, true, false])
})

test('a file that is no font is an error', async () => {
  await expect(readCharacterMap(written('text.txt', new TextEncoder().encode('not a font')))).rejects.toThrow(
    RangeError,
  )
  await expect(readCharacterMap(join(folder, 'nothing.ttf'))).rejects.toThrow('ENOENT')
})

test('unknown is what no font of the folders has; damaged files and missing folders have nothing', async () => {
  written('cat.ttf', fontOf(mapOf(0x732b)))
  written('damaged.otf', fontOf(mapOf(0x72ac)).subarray(0, 50))
  written('empty.ttf', new Uint8Array())
  written('dog.txt', fontOf(mapOf(0x72ac)))
  expect(await unknownToSystem('猫犬🐱', [join(folder, 'none'), folder])).toEqual(['犬', '🐱'])
  expect(await unknownToSystem('', [folder])).toEqual([])
})
