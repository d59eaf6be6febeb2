import { expect, test } from 'vitest'
import { FileError } from '../../base/errors.js'
import { readMnist } from './mnist.js'
import { memorySource } from './sources.fixture.js'

function idx(shape: number[], fill: (i: number) => number): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1)
  const header = [0, 0, 8, shape.length, ...shape.flatMap(length => [0, 0, length >> 8, length & 255])]
  return Uint8Array.from([...header, ...Array.from({ length: size }, (_, i) => fill(i))])
}

const files = (changes: Readonly<Record<string, Uint8Array>> = {}) => ({
  'train-images-idx3-ubyte': idx([3, 28, 28], i => i % 256),
  'train-labels-idx1-ubyte': idx([3], i => 9 - i),
  't10k-images-idx3-ubyte': idx([1, 28, 28], () => 7),
  't10k-labels-idx1-ubyte': idx([1], () => 4),
  ...changes,
})

test('pictures have one channel, bytes stand for -0.5 … 0.5', async () => {
  const { name, train, test, notices } = await readMnist(memorySource(files()))
  expect(name).toBe('mnist')
  expect(train.x.shape).toEqual([3, 28, 28, 1])
  expect(train.x.data[785]).toBe(785 % 256)
  expect(train.x.scaling).toEqual({ scale: 1 / 255, offset: -0.5 })
  expect([...train.y.data]).toEqual([9, 8, 7])
  expect(test.x.shape).toEqual([1, 28, 28, 1])
  expect(notices).toEqual([
    'box/train-images-idx3-ubyte holds 3 pictures instead of 60,000. They are used.',
    'box/t10k-images-idx3-ubyte holds 1 pictures instead of 10,000. They are used.',
  ])
})

test('the two data sets have names of their own for the classes', async () => {
  expect((await readMnist(memorySource(files()))).classNames[4]).toBe('4')
  expect((await readMnist(memorySource(files()), 'fashion-mnist')).classNames[9]).toBe('ankle boot')
})

test.each([
  [
    'a missing file',
    { x: idx([1], () => 0) },
    'box holds no train-images-idx3-ubyte (nor train-images-idx3-ubyte.gz).',
  ],
  [
    'labels of other pictures',
    files({ 'train-labels-idx1-ubyte': idx([2], () => 0) }),
    'box: train-images-idx3-ubyte holds 3 pictures, but train-labels-idx1-ubyte holds 2 labels.',
  ],
  [
    'pictures of another size',
    files({ 't10k-images-idx3-ubyte': idx([1, 32, 32], () => 0) }),
    'box/t10k-images-idx3-ubyte: pictures of 28×28 were expected, but 32×32 came.',
  ],
  [
    'no pictures',
    files({
      't10k-images-idx3-ubyte': idx([0, 28, 28], () => 0),
      't10k-labels-idx1-ubyte': idx([0], () => 0),
    }),
    'box/t10k-images-idx3-ubyte: there is no picture in it.',
  ],
  [
    'a label over 9',
    files({ 'train-labels-idx1-ubyte': idx([3], i => 9 + i) }),
    'box/train-labels-idx1-ubyte: row 1 has label 10, but there are the labels 0 … 9.',
  ],
  [
    'labels in place of pictures',
    files({ 'train-images-idx3-ubyte': idx([3], () => 0) }),
    'box/train-images-idx3-ubyte: an array of 3 axes was expected, but 3 came.',
  ],
])('%s: refused', async (_, held, message) => {
  const error = await readMnist(memorySource(held)).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FileError)
  expect((error as FileError).message).toContain(message)
})
