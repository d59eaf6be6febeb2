import { expect, test } from 'vitest'
import type { FolderLook } from '../../node/folder-look/folder-look.js'
import { divisionSentence } from './division.js'

const divided = (ownParts: FolderLook['ownParts']) =>
  divisionSentence({
    ownParts,
    pictures: 20,
    parts: { train: 14, validation: 2, test: 4 },
  } as unknown as FolderLook)

const shares = '70.0 % train, 10.0 % validation, 20.0 % test.'

test('who divides the pictures is said: the hash, their owner, or both', () => {
  const byHash = `Training would divide them by the hash of their content: ${shares}`
  expect(divided([])).toBe(byHash)
  expect(divided(['train'])).toBe(byHash)
  expect(divided(['train', 'validation', 'test'])).toBe(`The parts are their owner's: ${shares}`)
  expect(divided(['train', 'validation'])).toBe(
    `The validation part is its owner's; test would be taken from train by the hash of the content: ${shares}`,
  )
})
