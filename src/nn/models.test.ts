import { expect, test } from 'vitest'
import { modelFromName, namedModels } from './models.js'
import { sequential } from './network.js'
import { shapes } from './shapes.js'

const countOf = (name: string, inputShape: readonly number[], classes: number) =>
  shapes(sequential(modelFromName(name).layers(inputShape, classes))).reduce(
    (sum, row) => sum + row.weights,
    0,
  )

test.each([
  ['tutorial', 631_658],
  ['dense', 1_707_274],
  ['dimensions', 8_228],
])('%s has %i parameters on CIFAR-10', (name, count) => {
  expect(countOf(name, [32, 32, 3], 10)).toBe(count)
})

test.each(namedModels)('$name also fits other pictures and classes', ({ layers }) => {
  expect(sequential(layers([28, 28, 1], 7)).outputShape).toEqual([7])
})

test('an unknown model offers the nearest', () => {
  expect(() => modelFromName('tutorail')).toThrow('Unknown model "tutorail".\n  Did you mean "tutorial"?')
})
