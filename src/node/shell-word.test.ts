import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from './shell-word.js'

const words = [
  'photos',
  'my photos',
  "cat's",
  'a"b',
  '$HOME',
  'photos/**/*.jpg',
  'Käse/猫',
  'a\\b',
  '~',
  '!x',
  '',
]

test('plain words stay as they are', () => {
  expect(['photos', './a-b_c/1.csv', '/x/Käse'].map(word => shellWord(word, 'linux'))).toEqual([
    'photos',
    './a-b_c/1.csv',
    '/x/Käse',
  ])
  expect(shellWord('-photos', 'linux')).toBe('./-photos')
  expect(shellWord('my photos', 'win32')).toBe('"my photos"')
})

test.skipIf(process.platform === 'win32')('a shell gets back what was meant', () => {
  for (const word of words)
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word, 'linux')}`], { encoding: 'utf8' })).toBe(
      word,
    )
})

test.skipIf(process.platform === 'win32')('a path with control characters stays on one line', () => {
  const path = "a\nb\tc\u0001 d'e\\f"
  const word = shellWord(path, 'linux')
  expect(word).toBe("$'a\\nb\\tc\\u0001 d\\'e\\\\f'")
})
