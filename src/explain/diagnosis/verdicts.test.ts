import { expect, test } from 'vitest'
import { diagnose } from '../diagnose.js'
import { curvesOf } from './histories.fixture.js'

const names = (...given: Parameters<typeof diagnose>) => diagnose(...given).verdicts.map(({ name }) => name)

const falling = (from: number, by: number) => (t: number) => from * by ** t

test('a loss that is not a number, and a training that ended with one', () => {
  const gap = curvesOf(4, { loss: t => (t === 2 ? Number.NaN : 2), val_loss: () => 2 })
  const { verdict, text } = diagnose(gap, { learningRate: 0.1 })
  expect(verdict).toMatchObject({ name: 'diverged', numbers: { epoch: 2 } })
  expect(text).toBe(
    'The loss was no longer a number in epoch 3. Likely cause: the learning rate is too high, or the pictures are not ' +
      "scaled to about -1 … 1; try a learning rate of 0.01, a tenth of what it was, and look at the pictures' scaling.",
  )
  const ended = curvesOf(
    1,
    { loss: () => 2 },
    { diverged: 'loss became NaN at epoch 2, step 3.\n  Try 0.01.' },
  )
  expect(diagnose(ended).text).toMatch(
    /^Training ended because .*: loss became NaN at epoch 2, step 3\. Likely/,
  )
})

test('a null in JSON is a gap, not a 0', () => {
  const curves = { epoch: [0, 1], history: { loss: [1, null], val_loss: [1, 1] } }
  expect(diagnose(curves).verdict.name).toBe('diverged')
})

test('a validation part of other classes', () => {
  const curves = curvesOf(5, { loss: falling(2, 0.8), val_loss: falling(2.1, 0.8) })
  const sorted = {
    train: Uint8Array.from({ length: 900 }, (_, i) => i / 100),
    validation: new Uint8Array(100).fill(9),
  }
  const { verdict } = diagnose(curves, { labels: sorted })
  expect(verdict.name).toBe('validation-mismatch')
  expect(verdict.saw).toBe(
    'The validation part holds other classes than the training part: 100.0 % of it is class 9, against 0.0 % of the training part',
  )
  expect(diagnose(curves, { labels: sorted, classNames: [...'abcdefghi', 'truck'] }).text).toContain(
    'of it is truck',
  )
  // The same rise of the validation loss is overfitting on a fair part only.
  const rising = curvesOf(12, { loss: falling(2, 0.8), val_loss: t => 1.5 + t / 10 })
  expect(diagnose(rising, { labels: sorted })).toMatchObject({ onset: null, strength: 'none' })
  expect(names(rising, { labels: sorted })).toEqual(['validation-mismatch'])
  expect(diagnose(rising).onset).toBe(0)
  const fair = { train: sorted.train, validation: Uint8Array.from({ length: 90 }, (_, i) => i / 10) }
  expect(names(curves, { labels: fair })).not.toContain('validation-mismatch')
})

test('a validation accuracy near 0 while training goes well', () => {
  const curves = curvesOf(5, {
    loss: falling(2, 0.5),
    accuracy: t => 0.5 + t / 10,
    val_loss: t => 2.5 + t,
    val_accuracy: () => 0.01,
  })
  const { verdict } = diagnose(curves, { classes: 10, validationRows: 1000 })
  expect(verdict).toMatchObject({ name: 'validation-mismatch', numbers: { guessing: 0.1, validation: 0.01 } })
  // One of 20 pictures happens by chance.
  const few = diagnose(curves, { classes: 10, validationRows: 20 })
  expect(few.verdict.test).not.toMatch(/accuracy/)
})

test('a validation loss far above from the first epoch on', () => {
  const far = { loss: falling(2, 0.8), val_loss: falling(4.2, 0.8) }
  expect(diagnose(curvesOf(5, far)).verdict.saw).toMatch(/\(4\.2 against 2\)/)
  const near = { ...far, val_loss: (t: number) => (t === 0 ? 3.9 : 9) }
  expect(names(curvesOf(5, near))).not.toContain('validation-mismatch')
})

test('a network that does not learn', () => {
  const guessing = curvesOf(3, { loss: () => 2.31, val_loss: () => 2.32 })
  const { text } = diagnose(guessing, { classes: 10, learningRate: 0.3 })
  expect(text).toBe(
    'After 3 epochs the training loss is 2.31, what guessing among 10 classes costs (ln 10 = 2.303). Likely cause: the ' +
      'learning rate is far too high (units died) or far too low, or labels do not belong to their pictures; try a ' +
      'learning rate of 0.03, a tenth of what it was, then ten times it, and look at some pictures with their labels.',
  )
  const creeping = curvesOf(3, { loss: t => 2.305 - t / 1000, val_loss: t => 2.305 - t / 1000 })
  expect(diagnose(creeping, { classes: 10, learningRate: 1e-5 }).text).toMatch(
    /far too low: the loss falls in every epoch, but hardly; try a learning rate of 0\.0001, ten times what it was\.$/,
  )
  // 1.02 · ln 10 is more than 1 % away.
  const off = curvesOf(3, { loss: () => 1.02 * Math.log(10), val_loss: () => 2.36 })
  expect(names(off, { classes: 10 })).not.toContain('not-learning')
})

test('a network that only names the largest class', () => {
  const labels = {
    train: Uint8Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : 1)),
    validation: Uint8Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : 1)),
  }
  const accuracy = (share: number) =>
    curvesOf(3, { loss: () => 0.4, accuracy: () => share, val_loss: () => 0.4, val_accuracy: () => 0.9 })
  const twoErrors = 2 * Math.sqrt((0.9 * 0.1) / 1000)
  expect(diagnose(accuracy(0.9 + 0.99 * twoErrors), { labels }).verdict.name).toBe('not-learning')
  expect(names(accuracy(0.9 + 1.01 * twoErrors), { labels })).not.toContain('not-learning')
})

test('a learning rate that is too high: the loss rises for good, or jumps', () => {
  const rising = curvesOf(4, { loss: t => [2, 1.5, 1.9, 2.2][t]!, val_loss: t => [2, 1.6, 2, 2.2][t]! })
  expect(diagnose(rising, { learningRate: 0.01 }).text).toBe(
    'The training loss rose from 1.5 in epoch 2 to 2.2 at the end. Likely cause: the learning rate is too high; try a ' +
      'learning rate of 0.001, a tenth of what it was.',
  )
  const jumping = curvesOf(8, { loss: t => (t % 2 === 0 ? 2 : 1.5) - 0.01 * t, val_loss: () => 1.8 })
  expect(diagnose(jumping).verdict).toMatchObject({ name: 'rate-too-high', numbers: { turns: 1 } })
  // Noise at the bottom of a long descent is none.
  const settled = curvesOf(60, { loss: t => 2 * 0.7 ** t + 0.01 + 0.005 * (t % 2), val_loss: () => 1.8 })
  expect(names(settled)).not.toContain('rate-too-high')
  const scheduled = { ...rising, history: { ...rising.history, learning_rate: [0.001, 0.01, 0.002] } }
  expect(diagnose(scheduled).text).toBe(diagnose(rising, { learningRate: 0.01 }).text)
})

test('a loss far above that of guessing has risen within its epoch', () => {
  const curves = curvesOf(3, { loss: t => (t === 0 ? 47.8 : 2.34), val_loss: () => 2.34 })
  expect(diagnose(curves, { classes: 10 }).verdict.saw).toBe(
    'In epoch 1 the training loss was 47.8, far above what guessing costs (ln 10 = 2.303)',
  )
  expect(names(curves)).not.toContain('rate-too-high')
})

test('answers that are all the same class', () => {
  const curves = curvesOf(3, { loss: falling(2, 0.8), val_loss: falling(2, 0.8) })
  const answers = (ofClass3: number) => ({
    ...curves,
    validation: [0, 1, 2].map(() => ({
      loss: new Float32Array(100).fill(1),
      predicted: Uint8Array.from({ length: 100 }, (_, i) => (i < ofClass3 ? 3 : i % 3)),
    })),
  })
  expect(diagnose(answers(61), { classes: 10 }).verdict).toMatchObject({
    name: 'class-collapse',
    numbers: { class: 3, share: 0.61, there: 0.1 },
  })
  expect(names(answers(60), { classes: 10 })).not.toContain('class-collapse')
  const common = { train: new Uint8Array(100).fill(3), validation: new Uint8Array(100).fill(3) }
  expect(names(answers(70), { labels: common })).not.toContain('class-collapse')
})

test('curves that still fall, early or slowly', () => {
  const early = diagnose(curvesOf(20, { loss: t => 1 + 2 * 0.6 ** t, val_loss: t => 1.01 + 2 * 0.6 ** t }))
  expect(early.verdict.name).not.toBe('still-improving')
  const slow = diagnose(curvesOf(6, { loss: t => 2.3 - 0.05 * t, val_loss: t => 2.31 - 0.05 * t }), {
    learningRate: 1e-4,
  })
  expect(slow.verdict.name).toBe('still-improving')
  const rates = { learning_rate: (t: number) => 0.1 / (t + 1) }
  const scheduled = curvesOf(6, { loss: t => 2.3 - 0.05 * t, val_loss: t => 2.31 - 0.05 * t, ...rates })
  expect(diagnose(scheduled).text).toMatch(
    /the schedule of the learning rate came to its end early; train longer: a schedule is as long as the training/,
  )
  // 0.05 of the last value 2.05 is 2.4 %, and of 2.06 as well.
  expect(slow.text).toBe(
    'In epoch 6, the last, the training loss still falls by 2.4 % an epoch, the validation loss by 2.4 %. Likely cause: ' +
      'the learning rate is low: the curve is nearly straight; try a learning rate of 0.0003, three times what it was, ' +
      'or train longer.',
  )
  const brisk = curvesOf(8, { loss: falling(2.3, 0.8), val_loss: falling(2.31, 0.8) })
  expect(diagnose(brisk).verdict).toMatchObject({ name: 'still-improving', advice: 'train longer' })
})

test('a loss that falls to next to nothing needs no longer training', () => {
  const curves = (from: number) => curvesOf(8, { loss: falling(from, 0.8), val_loss: falling(from, 0.8) })
  const last = 0.8 ** 7
  const limit = 0.01 * Math.log(10)
  const verdictOf = (end: number) => diagnose(curves(end / last), { classes: 10 }).verdict
  expect(verdictOf(1.1 * limit).name).toBe('still-improving')
  expect(verdictOf(0.9 * limit).name).toBe('no-overfitting')
})

test('a network that is too small', () => {
  const curves = (rest: number) =>
    curvesOf(20, { loss: t => rest + 0.5 * 0.5 ** t, val_loss: t => rest + 0.02 + 0.5 * 0.5 ** t })
  expect(diagnose(curves(1.6), { classes: 10 }).verdict.name).toBe('capacity-too-small')
  expect(names(curves(0.5), { classes: 10 })).not.toContain('capacity-too-small')
})

test('a validation loss below the training loss is explained by how they are measured', () => {
  const formulas = { loss: (t: number) => 0.5 + 0.8 ** t, val_loss: (t: number) => 0.4 + 0.8 ** t }
  const aside = diagnose(curvesOf(30, formulas)).verdicts.at(-1)!
  expect(aside.name).toBe('validation-better')
  expect(aside.cause).toMatch(/dropout/)
  expect(aside.advice).toMatch(/trainEvaluation/)
  const alike = curvesOf(30, { ...formulas, train_eval_loss: formulas.val_loss })
  expect(names(alike)).not.toContain('validation-better')
  const easier = diagnose(curvesOf(30, { ...formulas, train_eval_loss: formulas.loss })).verdicts.at(-1)!
  expect(easier.cause).toMatch(/easier/)
})

test.each([
  [1000, 0.7, 1.45],
  [500, 0.7, 2.05],
])('%i validation pictures at %d leave an error of %d points', (rows, share, points) => {
  const curves = curvesOf(3, {
    loss: falling(2, 0.9),
    val_loss: falling(2.2, 0.9),
    val_accuracy: () => share,
  })
  const { verdicts } = diagnose(curves, { validationRows: rows })
  const { numbers, advice } = verdicts.find(({ name }) => name === 'little-validation')!
  expect(100 * numbers.error!).toBeCloseTo(points, 2)
  expect(numbers.rows).toBe(rows)
  expect(advice).toBe('give it 2,100 for a standard error of one percentage point')
})

test('2,500 validation pictures are enough', () => {
  const curves = curvesOf(3, { loss: falling(2, 0.9), val_loss: falling(2.2, 0.9), val_accuracy: () => 0.5 })
  expect(names(curves, { validationRows: 2500 })).not.toContain('little-validation')
})

test('what is missing is said', () => {
  const without = diagnose(curvesOf(3, { loss: falling(1, 0.5) }))
  expect(without.text).toMatch(
    /^The training loss is 0\.25 after epoch 3; whether the network overfits cannot be told\./,
  )
  expect(without).toMatchObject({ onset: null, gap: null, z: null, generalisationLoss: null, smoothed: [] })
  const one = diagnose(curvesOf(1, { loss: () => 2, val_loss: () => 2.1, val_accuracy: () => 0.3 }))
  expect(one.text).toBe(
    'One epoch is finished (training loss 2, validation loss 2.1), which says nothing of where the curves go. Likely ' +
      'cause: training has only begun; train for at least 5 epochs.',
  )
  expect(one.unknown).toHaveLength(5)
  expect(diagnose({ epoch: [], history: {} }).text).toMatch(/^No epoch is finished/)
})

/** Rises from the first epoch on: overfitting, and from its text alone what is advised. */
const memorises = curvesOf(20, { loss: falling(2, 0.8), val_loss: t => 1 + t / 20, val_accuracy: () => 0.7 })
const adviceWith = (options: Parameters<typeof diagnose>[1]) => diagnose(memorises, options).verdict.advice

test('advice against overfitting names the layer that holds most of the parameters', () => {
  // 16·16·8 = 2,048 inputs make 64 numbers.
  const { layers: given } = sized([
    ['Conv2D', 3 * 3 * 3 * 8 + 8],
    ['MaxPooling2D', 0],
    ['Flatten', 0],
    ['Dense', 2048 * 64 + 64],
    ['Dense', 64 * 10 + 10],
  ])
  expect(adviceWith({ costs: given, validationRows: 1000 })).toBe(
    'the weights of epoch 1 (validation accuracy 70.0 % ± 1.4) are kept; try dropout 0.3 before the Dense layer ' +
      `"dense3" (${((100 * 131_136) / (224 + 131_136 + 650)).toFixed(1)} % of the parameters are there), or flipped and shifted pictures`,
  )
  expect(diagnose(memorises, { costs: given }).text).toMatch(
    /\. The weights of epoch 1 .* are kept; try dropout 0\.3/,
  )
})

test('where no layer holds more than half, or nothing is known, none is named', () => {
  const even = sized([
    ['Conv2D', 500],
    ['Dense', 500],
  ])
  for (const options of [
    {},
    { costs: even.layers },
    { costs: [] },
    { costs: sized([['Flatten', 0]]).layers },
  ])
    expect(adviceWith(options)).toMatch(
      /try dropout before the last dense layers, flipped and shifted pictures/,
    )
  const barely = sized([
    ['Conv2D', 501],
    ['Dense', 499],
  ])
  expect(adviceWith({ costs: barely.layers })).toMatch(/before the Conv2D layer "conv2d0" \(50\.1 %/)
})

test('dropout that is there already is said to be', () => {
  const dense = (...before: [string, number][]) =>
    adviceWith({ costs: sized([...before, ['Dense', 900]]).layers })
  expect(dense(['Conv2D', 50], ['Dropout', 0], ['Flatten', 0])).toMatch(
    /try more dropout than there is before the Dense layer "dense3"/,
  )
  expect(dense(['Dropout', 0])).toMatch(/more dropout than there is/)
  expect(dense(['Dropout', 0], ['Conv2D', 50], ['Flatten', 0])).toMatch(/try dropout 0\.3 before/)
})

/** Layers of so many parameters; names are those of their classes with their places. */
function sized(rows: [className: string, parameters: number][]) {
  const total = rows.reduce((sum, [, parameters]) => sum + parameters, 0)
  const layers = rows.map(([className, parameters], i) => ({
    name: `${className.toLowerCase()}${i}`,
    className,
    share: total === 0 ? 0 : parameters / total,
  }))
  return { layers }
}

test.each([
  [0, null],
  [10, null],
  [11, 'aside'],
  [100, 'aside'],
  [101, 'main'],
  [1000, 'main'],
])('%i of 1,000 validation pictures among the training pictures: %s', (rows, where) => {
  const { verdict, verdicts, onset } = diagnose(memorises, { sharedRows: { rows, of: 1000 } })
  const place = verdicts.findIndex(({ name }) => name === 'leakage')
  expect(verdict.name).toBe(where === 'main' ? 'leakage' : 'overfitting')
  expect(place).toBe(where === 'main' ? 0 : where === 'aside' ? verdicts.length - 1 : -1)
  // Overfitting is seen all the same: copies would only have hidden it.
  expect(onset).toBe(0)
})

test('leakage in words', () => {
  const { text } = diagnose(memorises, { sharedRows: { rows: 1234, of: 10_000 } })
  expect(text).toBe(
    '1,234 of 10,000 validation pictures (12.3 %) are training pictures, too, byte for byte. Likely cause: the data set ' +
      'holds copies, and they were split between the two parts; take copies out before the split; until then the ' +
      'validation curves promise more than new pictures will keep.',
  )
  expect(diagnose(memorises).unknown).toContainEqual(expect.stringMatching(/give sharedRows/))
  expect(diagnose(memorises, { sharedRows: { rows: 0, of: 9 } }).unknown.join()).not.toMatch(/sharedRows/)
})
