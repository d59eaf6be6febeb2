import { expect, test } from 'vitest'
import { wantsColors } from './colors.js'

test('a terminal is coloured, a file or a pipe is not, in CI neither', () => {
  expect(wantsColors({ TERM: 'xterm' }, true)).toBe(true)
  expect(wantsColors({ TERM: 'dumb' }, true)).toBe(false)
  expect(wantsColors({ TERM: 'xterm' }, false)).toBe(false)
  expect(wantsColors({ CI: 'true' }, false)).toBe(false)
  // What Node says of a pipe.
  expect(wantsColors({ CI: 'true' }, undefined)).toBe(false)
})

test('NO_COLOR and FORCE_COLOR decide', () => {
  expect(wantsColors({ NO_COLOR: '1' }, true)).toBe(false)
  expect(wantsColors({ NO_COLOR: '' }, true)).toBe(true)
  expect(wantsColors({ FORCE_COLOR: '1' }, false)).toBe(true)
  expect(wantsColors({ FORCE_COLOR: '0' }, true)).toBe(false)
  expect(wantsColors({ NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false)
})
