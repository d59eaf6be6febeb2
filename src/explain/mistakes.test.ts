import { expect, test } from 'vitest'
import { standardError } from '../base/shares.js'
import { mistakes } from './mistakes.js'

const classNames = ['cat', 'dog', 'frog']
const answers = {
  labels: Uint8Array.of(0, 0, 0, 1, 1, 2, 2, 2),
  predicted: Int32Array.of(0, 1, 1, 1, 0, 2, 2, 1),
  rowLoss: Float32Array.of(0.5, 2, 1, 0.25, 4, 0.125, 0, 2),
  classNames,
}

test('the standard error of a share', () => {
  expect(standardError(0.7, 10_000)).toBeCloseTo(0.0045826, 7)
  expect(standardError(0 / 0, 0)).toBeNaN()
})

test('rows of the matrix are what is shown, columns what it was taken for', () => {
  const { counts, pictures, right, accuracy } = mistakes(answers)
  expect(counts).toEqual([
    [1, 2, 0],
    [1, 1, 0],
    [0, 1, 2],
  ])
  expect([pictures, right]).toEqual([8, 4])
  expect(accuracy).toEqual({ value: 0.5, standardError: Math.sqrt(0.25 / 8) })
})

test('recall counts along rows, precision along columns', () => {
  const [cat, dog, frog] = mistakes(answers).classes
  expect(cat).toMatchObject({ className: 'cat', pictures: 3, right: 1, predicted: 2 })
  expect([cat!.recall.value, cat!.precision.value]).toEqual([1 / 3, 1 / 2])
  expect(cat!.recall.standardError).toBeCloseTo(Math.sqrt(2 / 9 / 3), 12)
  expect(dog).toMatchObject({ pictures: 2, right: 1, predicted: 4 })
  expect([dog!.recall.value, dog!.precision.value]).toEqual([1 / 2, 1 / 4])
  expect(frog!.precision).toEqual({ value: 1, standardError: 0 })
})

test('a class that is never shown has no recall, one that is never answered no precision', () => {
  const { classes } = mistakes({ labels: [0], predicted: [0], rowLoss: [1], classNames: ['a', 'b'] })
  expect([classes[1]!.recall.value, classes[1]!.precision.value]).toEqual([Number.NaN, Number.NaN])
})

test('pairs name both directions, the most frequent first', () => {
  expect(mistakes(answers).pairs).toEqual([
    { classNames: ['cat', 'dog'], there: 2, back: 1 },
    { classNames: ['frog', 'dog'], there: 1, back: 0 },
  ])
})

test('the worst rows come in the order of their loss, the first of equals first', () => {
  expect(mistakes({ ...answers, top: 3 }).worst).toEqual([
    { row: 4, label: 1, predicted: 0, loss: 4 },
    { row: 1, label: 0, predicted: 1, loss: 2 },
    { row: 7, label: 2, predicted: 1, loss: 2 },
  ])
  expect(mistakes({ ...answers, top: 0 }).worst).toEqual([])
})

test('a network that gives one answer only is told from one that prefers it', () => {
  expect(mistakes(answers).commonest).toEqual({ className: 'dog', share: 0.5, collapsed: false })
  const stuck = { ...answers, predicted: [2, 2, 2, 2, 2, 0, 1, 0] }
  expect(mistakes(stuck).commonest).toEqual({ className: 'frog', share: 0.625, collapsed: true })
})

test('what does not belong together is refused', () => {
  expect(() => mistakes({ ...answers, labels: [0] })).toThrow(
    'mistakes: labels, predicted and rowLoss must have one number a picture each, but 1, 8 and 8 came.',
  )
  expect(() => mistakes({ labels: [], predicted: [], rowLoss: [], classNames })).toThrow(
    'mistakes: there are no pictures to count.',
  )
  expect(() => mistakes({ ...answers, classNames: ['cat', 'dog'] })).toThrow(
    'mistakes: row 5 shows class 2 and was taken for class 2, but there are names for 0 … 1.',
  )
})
