import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { scaleProbabilities } from './calibration/scale-probabilities.js'
import { type Synthetic, softmaxOf, syntheticClassifier, tensorOf } from './calibration/synthetic.fixture.js'
import { calibrate } from './calibration.js'

/** Mean negative log likelihood at a temperature, from the logits. */
const lossAt = ({ logits, labels }: Synthetic, temperature: number): number =>
  logits.reduce(
    (sum, row, n) => sum - Math.log(softmaxOf(row.map(z => z / temperature))[labels[n]!]!) / logits.length,
    0,
  )

/** The standard error of log T: one through the root of N times the mean variance of a row's logits / T. */
function errorOfLogTemperature({ logits }: Synthetic, temperature: number): number {
  const information = logits.reduce((sum, row) => {
    const scaled = row.map(z => z / temperature)
    const p = softmaxOf(scaled)
    const mean = p.reduce((total, share, c) => total + share * scaled[c]!, 0)
    return sum + p.reduce((total, share, c) => total + share * (scaled[c]! - mean) ** 2, 0)
  }, 0)
  return 1 / Math.sqrt(information)
}

test.each([0.4, 1, 2.5, 6])('a classifier made for temperature %d gives it back', truth => {
  const made = syntheticClassifier(truth)
  const found = calibrate(made)
  expect(found.limit).toBeNull()
  const error = errorOfLogTemperature(made, truth)
  expect(error).toBeLessThan(0.05)
  expect(Math.abs(Math.log(found.temperature / truth))).toBeLessThan(3 * error)
  expect(found.after.expectedCalibrationError).toBeLessThan(0.025)
  if (truth !== 1) expect(found.before.expectedCalibrationError).toBeGreaterThan(0.1)
})

test('the loss is the one from the logits, and lowest where the temperature was found', () => {
  const made = syntheticClassifier(2.5, { pictures: 500 })
  const { temperature, before, after } = calibrate(made)
  expect(before.loss).toBeCloseTo(lossAt(made, 1), 6)
  expect(after.loss).toBeCloseTo(lossAt(made, temperature), 6)
  const step = 1e-4
  const slope = (lossAt(made, temperature + step) - lossAt(made, temperature - step)) / (2 * step)
  // What the logits lose when their softmax becomes float32 moves the lowest place a little.
  expect(Math.abs(slope)).toBeLessThan(1e-6)
  for (const factor of [0.9, 1.1]) expect(lossAt(made, factor * temperature)).toBeGreaterThan(after.loss)
})

test('answers and their accuracy stay as they are', () => {
  for (const truth of [0.4, 6]) {
    const { probabilities, labels } = syntheticClassifier(truth, { pictures: 1000, classes: 4 })
    const { before, after, temperature } = calibrate({ probabilities, labels })
    expect(after.accuracy).toBe(before.accuracy)
    const scaled = scaleProbabilities(probabilities, temperature)
    const answer = (data: Float32Array, row: number) => {
      const shares = data.slice(4 * row, 4 * row + 4)
      return shares.indexOf(Math.max(...shares))
    }
    const right = labels.filter((label, row) => answer(scaled.data, row) === label).length
    expect(after.accuracy).toBeCloseTo(right / 1000, 12)
  }
})

/** Answers of two classes: `[probability, is it right]`, so many times. */
function answers(...groups: readonly (readonly [probability: number, right: boolean, times: number])[]) {
  const rows = groups.flatMap(([probability, right, times]) =>
    Array.from({ length: times }, () => ({ shares: [1 - probability, probability], label: right ? 1 : 0 })),
  )
  return { probabilities: tensorOf(rows.map(({ shares }) => shares)), labels: rows.map(({ label }) => label) }
}

test('reliability by hand: bins, their means, and the error between them', () => {
  const given = answers([0.625, true, 1], [0.65, false, 1], [0.9, true, 3], [0.9, false, 1], [1, true, 2])
  const { before, pictures, classes, temperature, limit } = calibrate(given)
  // Eight pictures are too few for a temperature, but not for counting.
  expect({ pictures, classes, temperature, limit }).toEqual({
    pictures: 8,
    classes: 2,
    temperature: 1,
    limit: 'pictures',
  })
  expect(before.bins).toHaveLength(15)
  const counted = before.bins.filter(bin => bin.pictures > 0)
  const expected = [
    { from: 9 / 15, to: 10 / 15, pictures: 2, confidence: 0.6375, accuracy: 0.5 },
    { from: 13 / 15, to: 14 / 15, pictures: 4, confidence: 0.9, accuracy: 0.75 },
    { from: 14 / 15, to: 1, pictures: 2, confidence: 1, accuracy: 1 },
  ]
  expect(counted).toHaveLength(3)
  counted.forEach((bin, i) => {
    for (const [key, value] of Object.entries(expected[i]!))
      expect(bin[key as keyof typeof bin]).toBeCloseTo(value, 6)
  })
  expect(before.bins[0]).toEqual({ from: 0, to: 1 / 15, pictures: 0, confidence: null, accuracy: null })
  expect(before.expectedCalibrationError).toBeCloseTo((2 * 0.1375 + 4 * 0.15 + 2 * 0) / 8, 6)
  expect(before.accuracy).toBe(6 / 8)
  expect(before.confidence).toBeCloseTo((0.625 + 0.65 + 4 * 0.9 + 2) / 8, 6)
  const loss = -(Math.log(0.625) + Math.log(0.35) + 3 * Math.log(0.9) + Math.log(0.1)) / 8
  expect(before.loss).toBeCloseTo(loss, 6)
})

test('where all answers are right nothing becomes surer, and with a few mistakes neither', () => {
  expect(calibrate(answers([0.8, true, 200]))).toMatchObject({ temperature: 1, limit: 'mistakes' })
  expect(calibrate(answers([0.8, true, 200], [0.6, false, 9]))).toMatchObject({
    temperature: 1,
    limit: 'mistakes',
  })
  const enough = calibrate(answers([0.8, true, 200], [0.6, false, 10]))
  expect(enough.limit).toBeNull()
  expect(enough.temperature).toBeLessThan(0.7)
})

test('few mistakes can make it less sure', () => {
  const { temperature, limit } = calibrate(answers([0.999, true, 40], [0.999, false, 4]))
  expect(limit).toBeNull()
  // In each answer logit / T is then that of 40 / 44.
  expect(temperature).toBeCloseTo(Math.log(999) / Math.log(10), 3)
})

test('fewer than 20 pictures fit nothing', () => {
  expect(calibrate(answers([0.9, true, 9], [0.9, false, 10]))).toMatchObject({
    temperature: 1,
    limit: 'pictures',
  })
  expect(calibrate(answers([0.9, true, 10], [0.9, false, 10])).limit).not.toBe('pictures')
})

test('the temperature stays within its bounds', () => {
  const wrong = calibrate(answers([0.9, false, 30]))
  expect(wrong).toMatchObject({ temperature: 20, limit: 'bound' })
  expect(wrong.after.loss).toBeLessThan(wrong.before.loss)
  // Right a thousand times with next to nothing, wrong ten times with still less.
  const timid = calibrate(answers([0.5001, true, 5000], [0.50001, false, 10]))
  expect(timid).toMatchObject({ temperature: 0.05, limit: 'bound' })
})

test('probabilities of 0 have a loss, and a network that says nothing keeps its temperature', () => {
  const zeros = calibrate(answers([1, true, 95], [1, false, 15]))
  expect(zeros.before.loss).toBeCloseTo((15 * 149 * Math.log(2)) / 110, 6)
  expect(zeros.temperature).toBe(20)
  expect(calibrate(answers([0.5, true, 60], [0.5, false, 40]))).toMatchObject({ temperature: 1 })
})

test('the same after JSON', () => {
  const found = calibrate(syntheticClassifier(2, { pictures: 300 }))
  expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  const none = calibrate(answers([0.9, true, 4]))
  expect(none.accuracyAnswered).toBeNull()
  expect(JSON.parse(JSON.stringify(none))).toEqual(none)
})

test('an answer is sure above the threshold, as scaleProbabilities gives it', () => {
  const { probabilities, labels } = syntheticClassifier(2, { pictures: 2000, spread: 8 })
  const { threshold, answered, accuracyAnswered, temperature } = calibrate({ probabilities, labels })
  const scaled = scaleProbabilities(probabilities, temperature).data
  const sure = labels.map((label, row) => {
    const shares = scaled.slice(10 * row, 10 * row + 10)
    const highest = Math.max(...shares)
    return { sure: highest > threshold, right: shares.indexOf(highest) === label }
  })
  const above = sure.filter(answer => answer.sure)
  expect(answered).toBe(above.length / 2000)
  const right = above.filter(answer => answer.right).length / above.length
  expect(accuracyAnswered!.value).toBeCloseTo(right, 12)
  expect(accuracyAnswered!.standardError).toBeCloseTo(Math.sqrt((right * (1 - right)) / above.length), 12)
  expect(right).toBeGreaterThan(0.95)
  expect(answered).toBeGreaterThan(0.3)
  expect(answered).toBeLessThan(0.95)
})

test('the threshold holds for pictures it was not chosen with', () => {
  const all = syntheticClassifier(2, { pictures: 22_000, spread: 8, seed: 3 })
  const { threshold, temperature } = calibrate({
    probabilities: all.probabilities.slice(0, 2000),
    labels: all.labels.slice(0, 2000),
  })
  const scaled = scaleProbabilities(all.probabilities.slice(2000), temperature).data
  const sure = all.labels.slice(2000).flatMap((label, row) => {
    const shares = scaled.slice(10 * row, 10 * row + 10)
    const highest = Math.max(...shares)
    return highest > threshold ? [shares.indexOf(highest) === label] : []
  })
  expect(sure.length).toBeGreaterThan(5000)
  expect(sure.filter(Boolean).length / sure.length).toBeGreaterThan(0.945)
})

test('shapes and numbers that do not belong together are refused', () => {
  const probabilities = tensorOf([
    [0.25, 0.75],
    [0.5, 0.5],
  ])
  const refused = (more: object, message: string) =>
    expect(() => calibrate({ probabilities, labels: [0, 1], ...more } as never)).toThrow(message)
  refused(
    { labels: [0] },
    'calibrate: there are 2 rows of probabilities, but 1 labels.\n  Give one class number a row.',
  )
  for (const label of [2, -1, 0.5, Number.NaN])
    refused(
      { labels: [1, label] },
      `calibrate: row 1 has the label ${label}, but there are probabilities of the classes 0 … 1.`,
    )
  refused({ classNames: ['cat'] }, 'calibrate: there are probabilities of 2 classes, but 1 names.')
  for (const reliability of [0, 1, Number.NaN])
    refused({ reliability }, `calibrate: reliability must be above 0 and below 1, but ${reliability} came.`)
  const shaped = (...shape: number[]) =>
    new Tensor(new Float32Array(shape.reduce((size, length) => size * length, 1)), shape)
  for (const [wrong, words] of [
    [shaped(2), '2'],
    [shaped(2, 1), '2×1'],
    [shaped(0, 2), '0×2'],
    [shaped(2, 2, 2), '2×2×2'],
  ] as const)
    refused(
      { probabilities: wrong },
      `calibrate: probabilities must be [N, C], at least one row of at least two classes, but are ${words}.`,
    )
  refused(
    {
      probabilities: tensorOf([
        [0.5, 0.5],
        [0.75, 0.5],
      ]),
    },
    'calibrate: the probabilities of row 1 sum to 1.25, not to 1.\n  Give what a softmax makes',
  )
  refused(
    {
      probabilities: tensorOf([
        [-2, 3],
        [1, 0],
      ]),
    },
    'calibrate: row 0 has the probability -2 for class 0.\n  Probabilities are numbers of 0 to 1.',
  )
  refused(
    {
      probabilities: tensorOf([
        [1, 0],
        [Number.NaN, 1],
      ]),
    },
    'calibrate: row 1 has the probability NaN for class 0.',
  )
})
