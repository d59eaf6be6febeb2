import { expect, test } from 'vitest'
import { editDistance, nearest, refuseUnknownOptions, unknownName } from './nearest.js'

test('the edit distance counts single letters', () => {
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('same', 'same')).toBe(0)
})

test('the nearest name, whatever its case and separators; none when nothing is close', () => {
  const known = ['cifar10', 'mnist', 'fashion-mnist', 'shapes']
  expect(nearest('CIFAR-10', known)).toBe('cifar10')
  expect(nearest('fashion_mnis', known)).toBe('fashion-mnist')
  expect(nearest('elephants', known)).toBeUndefined()
  expect(nearest('XX', ['TB', 'LR'])).toBeUndefined() // within two edits, but no letter is alike
})

test('names of all scripts are compared by their letters; those without any are near none', () => {
  expect(nearest('кошки', ['собака', 'Кошка'])).toBe('Кошка')
  expect(nearest('猫', ['犬', '鳥'])).toBeUndefined()
  expect(nearest('🐱', ['🐶', '!'])).toBeUndefined()
  expect(nearest('ab', ['🐶'])).toBeUndefined()
})

test('an unknown name offers the nearest, else all', () => {
  expect(unknownName('model', 'tutoral', ['tutorial', 'dense']).message).toBe(
    'Unknown model "tutoral".\n  Did you mean "tutorial"?',
  )
  expect(unknownName('model', 'zzzzzz', ['tutorial', 'dense']).message).toBe(
    'Unknown model "zzzzzz".\n  Known: tutorial, dense.',
  )
})

test('an unknown option is refused, a known one is not', () => {
  refuseUnknownOptions('fit', { epochs: 3 }, ['epochs'])
  expect(() => refuseUnknownOptions('fit', { epoch: 3 }, ['epochs'])).toThrow(
    'fit: unknown option "epoch".\n  Did you mean "epochs"?',
  )
})

test('options that are no object are refused, and so is any option of what has none', () => {
  const refused = (given: unknown, known: readonly string[]) => () =>
    refuseUnknownOptions('tensorBoard', given as object, known)
  expect(refused(undefined, ['folder'])).toThrow(
    'tensorBoard: the options must be an object, but undefined came.\n  Known: folder.',
  )
  expect(refused(null, ['folder'])).toThrow('tensorBoard: the options must be an object, but null came.')
  expect(refused('logs', ['folder'])).toThrow('tensorBoard: the options must be an object, but "logs" came.')
  expect(refused({ folder: 'logs' }, [])).toThrow(
    'tensorBoard: unknown option "folder".\n  It has no options: leave it out.',
  )
})

test('what is no name at all is refused as such', () => {
  expect(unknownName('testTime', true as never, ['none', 'flip']).message).toBe(
    'Unknown testTime: a name was expected, but true came.\n  Known: none, flip.',
  )
})
