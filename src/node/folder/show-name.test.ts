import { expect, test } from 'vitest'
import { showName } from './show-name.js'

test('control characters are escaped, so that a name stays on its line and changes no terminal', () => {
  expect(showName('a\nb\r\tc.jpg')).toBe('a\\nb\\r\\tc.jpg')
  expect(showName('\x1b[31mred\x07')).toBe('\\u{1b}[31mred\\u{7}')
  expect(showName('\x85\u2028\u2029')).toBe('\\u{85}\\u{2028}\\u{2029}')
})

test('marks that turn the direction of writing are escaped', () => {
  expect(showName('photo\u202egpj.exe')).toBe('photo\\u{202e}gpj.exe')
})

test('all other names stay as they are', () => {
  for (const name of ['my cat #1 100%.jpg', '-\'quoted".jpg', 'Käse', '猫', '👩‍🔬.png', 'C:\\photos\\cat'])
    expect(showName(name)).toBe(name)
})

test('no name at all is shown as such', () => {
  expect(showName('')).toBe('""')
})
