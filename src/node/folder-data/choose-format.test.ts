import { expect, test } from 'vitest'
import { chooseSize } from './choose-format.js'

test.each([
  ['as large as they are', { side: 70, pictures: 1500, epochs: 20 }, { size: 64, reason: 'own' }],
  ['small ones are enlarged', { side: 20, pictures: 1500, epochs: 20 }, { size: 32, reason: 'own' }],
  ['few stay small', { side: 500, pictures: 200, epochs: 40 }, { size: 32, reason: 'few' }],
  ['a few more', { side: 500, pictures: 900, epochs: 33 }, { size: 48, reason: 'few' }],
  [
    'many: no longer than a minute or two',
    { side: 500, pictures: 1500, epochs: 20 },
    { size: 64, reason: 'time' },
  ],
  ['very many', { side: 500, pictures: 100_000, epochs: 4 }, { size: 32, reason: 'time' }],
  ['never larger than 128', { side: 500, pictures: 1500, epochs: 4 }, { size: 128, reason: 'largest' }],
] as const)('%s', (_, { side, pictures, epochs }, chosen) => {
  expect(chooseSize({ side }, pictures, epochs)).toEqual(chosen)
})
