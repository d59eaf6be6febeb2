import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import type { Dataset } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import * as layers from '../nn/layers/index.js'
import { Sequential } from '../train/sequential.js'
import { checkClasses, leftOut, noneKnown } from './check-classes.js'

/** A model of so many classes, with or without their names. */
function modelOf(units: number, classNames?: readonly string[]): ModelFile {
  const model = new Sequential([layers.dense({ units, activation: 'softmax', inputShape: [4] })])
  return { network: model.network, weights: model.getWeights(), classNames }
}

const knowing = (...classNames: string[]) => modelOf(classNames.length, classNames)

const nothing = {
  x: new Tensor(new Uint8Array(0), [0, 4]),
  y: new Tensor(new Uint8Array(0), [0]),
}

const named = (name: string, ...classNames: string[]): Dataset => ({
  name,
  classNames,
  train: nothing,
  test: nothing,
  notices: [],
})

const folder = (...classNames: string[]): Dataset => ({
  ...named('photos', ...classNames),
  fingerprint: { train: 9, validation: 0, content: '00' },
})

/** What is refused, the problem and the advice on a line each. */
function refusal(file: ModelFile, dataset: Dataset): string {
  try {
    checkClasses('runs/a', file, dataset)
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}

test('the same classes in the same order will do, and as many where there are no names', () => {
  expect(refusal(knowing('cat', 'dog'), folder('cat', 'dog'))).toBe('nothing')
  expect(refusal(modelOf(2), named('two', 'cat', 'dog'))).toBe('nothing')
})

test('a class that is written in another way is offered to be renamed', () => {
  expect(refusal(knowing('cat', 'dog', 'frog'), folder('Cat', 'dog', 'frog'))).toBe(
    [
      'runs/a and photos have different classes: only runs/a has cat; only photos has Cat.',
      '  Did you mean "cat" by "Cat"? Then give the class this name. Or train anew on photos as it is.',
    ].join('\n'),
  )
  expect(refusal(knowing('cat', 'dog', 'frog'), folder('cats', 'dog', 'forg'))).toContain(
    'Did you mean "cat" by "cats", "frog" by "forg"? Then give the classes these names.',
  )
})

test('classes without a counterpart are named, with what becomes of them', () => {
  expect(refusal(knowing('cat', 'dog'), folder('bird', 'cat', 'dog', 'zebra'))).toBe(
    [
      'runs/a and photos have different classes: only photos has bird, zebra.',
      '  bird, zebra have no counterpart in runs/a: move them elsewhere. Or train anew on photos as it is.',
    ].join('\n'),
  )
  expect(refusal(knowing('cat', 'dog', 'frog'), folder('cat', 'dog'))).toBe(
    [
      'runs/a and photos have different classes: only runs/a has frog.',
      '  frog has no counterpart in photos: put it back. Or train anew on photos as it is.',
    ].join('\n'),
  )
})

test('each kind of difference has its sentence, and names are shown on one line', () => {
  expect(refusal(knowing('cat', 'dog', 'frog'), folder('Cat', 'dog', 'a\nb'))).toBe(
    [
      'runs/a and photos have different classes: only runs/a has cat, frog; only photos has Cat, a\\nb.',
      '  Did you mean "cat" by "Cat"? Then give the class this name. a\\nb has no counterpart in runs/a: move it elsewhere. frog has no counterpart in photos: put it back. Or train anew on photos as it is.',
    ].join('\n'),
  )
})

test('of many classes some are named', () => {
  const many = Array.from({ length: 30 }, (_, i) => `kind ${i}`)
  expect(refusal(knowing(...many, 'cat'), folder('cat', 'dog'))).toContain(
    'only runs/a has kind 0, kind 1, kind 2, kind 3, kind 4, kind 5, kind 6, kind 7 and 22 more; only photos has dog.',
  )
})

test('classes that have nothing in common are both told, and of a data set with a name what to ask instead', () => {
  expect(refusal(knowing('cat', 'dog'), named('shapes', 'disc', 'ring', 'square', 'cross'))).toBe(
    [
      'runs/a knows cat, dog, but shapes has disc, ring, square, ….',
      '  Leave --dataset out, or train a network on these: npx fovea train shapes',
    ].join('\n'),
  )
})

test('the same names in another order are other labels', () => {
  expect(refusal(knowing('dog', 'cat'), folder('cat', 'dog'))).toBe(
    [
      'runs/a and photos have the same classes in another order: dog, cat and cat, dog.',
      '  Train anew on photos as it is.',
    ].join('\n'),
  )
})

test('without names only their number can be told', () => {
  expect(refusal(modelOf(3), named('shapes', 'disc', 'ring'))).toBe(
    'runs/a tells 3 classes apart, but shapes has 2.\n  Leave --dataset out, or train a network on these: npx fovea train shapes',
  )
  expect(refusal(modelOf(3), folder('cat', 'dog'))).toBe(
    'runs/a tells 3 classes apart, but photos has 2.\n  Train anew on photos as it is.',
  )
})

test('a place without any class that the model knows is refused, with what may have been meant', () => {
  const said = (...given: string[]) => noneKnown('others', 'runs/a', ['cat', 'dog'], given).message
  expect(said('Cat', 'bird')).toBe(
    'others has no pictures of the classes that runs/a knows: it has Cat, bird, but the model knows cat, dog.\n  Did you mean "cat" by "Cat"? Name its class folders as those of the training were named.',
  )
  expect(said('bird')).toContain('\n  Name its class folders')
  expect(said('bird', 'cat')).toBe(
    'others: none of its pictures of classes that runs/a knows can be used.\n  See why: npx fovea data others',
  )
})

test('what is left out is said, with what may have been meant', () => {
  expect(leftOut(['cat', 'dog'], ['cat'])).toBeNull()
  expect(leftOut(['cat', 'dog'], ['cat', 'bird'])).toBe(
    'Left out, because the model does not know these classes: bird.',
  )
  expect(leftOut(['cat', 'dog'], ['cat', 'Dog'])).toBe(
    'Left out, because the model does not know these classes: Dog. Did you mean "dog" by "Dog"?',
  )
})
