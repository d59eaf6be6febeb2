import { expect, test } from 'vitest'
import { snakeCase, uniqueNames } from './naming.js'

test.each([
  ['Conv2D', 'conv2d'],
  ['MaxPooling2D', 'max_pooling2d'],
  ['GlobalAveragePooling2D', 'global_average_pooling2d'],
  ['BatchNormalization', 'batch_normalization'],
  ['ZeroPadding2D', 'zero_padding2d'],
  ['InputLayer', 'input_layer'],
  ['Dense', 'dense'],
])('%s is called %s, as in Keras', (className, name) => {
  expect(snakeCase(className)).toBe(name)
})

const conv = (given?: string) => ({ className: 'Conv2D', given })

test('names are numbered from the second on, and numbers taken by the user are passed over', () => {
  const layers = [conv(), conv('conv2d_1'), conv(), { className: 'Dense', given: undefined }, conv('stem')]
  expect(uniqueNames(layers)).toEqual(['conv2d', 'conv2d_1', 'conv2d_2', 'dense', 'stem'])
})

test('two layers given one name are refused', () => {
  expect(() => uniqueNames([conv('stem'), { className: 'Dense', given: 'stem' }])).toThrow(
    'Two layers are named "stem": a Conv2D and a Dense.\n' +
      '  Give one of them another name, or leave the name out: then it is numbered.',
  )
})
