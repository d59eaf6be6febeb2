import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagnose } from './diagnose.js'
import { curvesOf, rowsAround } from './diagnosis/histories.fixture.js'
import { smooth } from './diagnosis/smooth.js'

/** Training falls from 2 towards 0; validation falls to 0.9 at epoch 8 and rises by 0.02 an epoch. */
const bend = 8
const memorising = {
  loss: (t: number) => 2 * 0.9 ** t,
  accuracy: (t: number) => 1 - 0.7 * 0.9 ** t,
  val_loss: (t: number) => 0.9 + (t < bend ? 0.12 : 0.02) * Math.abs(t - bend),
  val_accuracy: (t: number) => 0.7 - 0.004 * Math.abs(t - 10),
}

test('the onset is where the validation loss turns, and everything is told with it', () => {
  const validation = Array.from({ length: 30 }, (_, epoch) =>
    rowsAround(memorising.val_loss(epoch), { epoch }),
  )
  const found = diagnose(curvesOf(30, memorising, { validation }), { classes: 10, trainRows: 3600 })
  // The smoothed curve is a little higher at the bend; its lowest point is the bend or beside it, within a tie.
  expect(found.onset).toBeGreaterThanOrEqual(bend - 1)
  expect(found.onset).toBeLessThanOrEqual(bend + 1)
  expect(found.best).toEqual({
    valLoss: { epoch: bend, value: 0.9 },
    valAccuracy: { epoch: 10, value: 0.7 },
  })
  expect(found.gap).toBeCloseTo(0.9 + 0.02 * 21 - 2 * 0.9 ** 29, 10)
  expect(found.strength).toBe('clear')
  // Medians at the bend: 0.92, 0.92, 0.94; at the end: 1.3, 1.31.
  expect(found.generalisationLoss).toBeCloseTo(100 * (1.305 / (2.78 / 3) - 1), 10)
  expect(found.earlyStopping).toEqual({ patience: 5, stopped: bend + 5, kept: bend })
  expect(found.significant).toBe(true)
  expect(found.standardErrors.valAccuracy[10]).toBeCloseTo(Math.sqrt((0.7 * 0.3) / 400), 12)
  expect(found.text).toMatch(
    /^From epoch \d+ the training loss keeps falling \(0\.\d+ → 0\.0942\) while the validation loss rises \(0\.\d+ → 1\.31, \+4\d %, \d+ standard errors\): clear overfitting, the network has begun to memorise its training pictures\. The weights of epoch 9 \(validation accuracy 69\.2 % ± 2\.3\) are kept; try dropout before the last dense layers/,
  )
})

test('z and the standard errors are those of the differences and losses themselves', () => {
  const validation = Array.from({ length: 30 }, (_, epoch) =>
    rowsAround(memorising.val_loss(epoch), { epoch, noise: 2 }),
  )
  const { z, onset, standardErrors } = diagnose(curvesOf(30, memorising, { validation }))
  const [before, after] = [validation[onset!]!.loss, validation[29]!.loss]
  // Textbook sums, E(d²) - E(d)², instead of the squared distances of the code.
  let [sum, squares] = [0, 0]
  for (let i = 0; i < 400; i++) {
    const d = after[i]! - before[i]!
    sum += d
    squares += d * d
  }
  const variance = (squares - sum ** 2 / 400) / 399
  expect(z).toBeCloseTo(sum / 400 / Math.sqrt(variance / 400), 8)
  const losses = Array.from(before as Float32Array)
  const total = losses.reduce((a, b) => a + b)
  const spread = losses.reduce((a, b) => a + b * b, 0) - total ** 2 / 400
  expect(standardErrors.valLoss[onset!]).toBeCloseTo(Math.sqrt(spread / 399 / 400), 10)
})

test('a rise within chance is called not significant', () => {
  const validation = Array.from({ length: 30 }, (_, epoch) =>
    rowsAround(1, { epoch: epoch, noise: 6, rows: 50 }),
  )
  const curves = curvesOf(30, { ...memorising, val_loss: t => 1 + 0.02 * Math.abs(t - bend) }, { validation })
  const found = diagnose(curves)
  expect(Math.abs(found.z!)).toBeLessThan(3)
  expect(found.significant).toBe(false)
  // The loss itself rises by 42 %: beyond twice its standard error of about 0.25.
  if (found.onset !== null) expect(found.text).toMatch(/not significant yet/)
})

test('the rise must last k epochs, most of them, and training must go on falling', () => {
  const after = (epochs: number) => curvesOf(bend + 1 + epochs, memorising)
  expect(diagnose(after(2)).onset).toBeNull()
  expect(diagnose(after(8)).onset).not.toBeNull()
  const halted = { ...memorising, loss: (t: number) => (t < bend - 1 ? 2 - t / 10 : 1 + t / 1e4) }
  expect(diagnose(curvesOf(30, halted)).onset).toBeNull()
  const returning = { ...memorising, val_loss: (t: number) => (t < 27 ? memorising.val_loss(t) : 0.9) }
  expect(diagnose(curvesOf(30, returning)).onset).toBeNull()
})

test.each([
  [1.015, 'none'],
  [1.05, 'mild'],
  [1.3, 'clear'],
  [1.7, 'severe'],
])('a loss that ends at %d times its lowest is called %s', (factor, strength) => {
  const curves = curvesOf(40, {
    loss: t => 2 * 0.9 ** t,
    val_loss: t => (t < 10 ? 2 - t / 10 : t < 20 ? 1 : factor),
  })
  const found = diagnose(curves)
  expect(found.strength).toBe(strength)
  expect(found.generalisationLoss).toBeCloseTo(100 * (factor - 1), 10)
  expect(found.onset === null).toBe(strength === 'none')
})

test('of equally low epochs the earliest counts', () => {
  const plateau = curvesOf(40, {
    loss: t => 2 * 0.9 ** t,
    val_loss: t => (t < 10 ? 2 - t / 10 : t < 20 ? 1 : 1.5),
  })
  // Smoothed by the mean of 3, epoch 11 is the first whose neighbours are all at the plateau.
  expect(diagnose(plateau).onset).toBe(11)
})

test('the training loss measured like validation is the one that counts', () => {
  const measured = { ...memorising, train_eval_loss: (t: number) => 1 + t / 100 }
  expect(diagnose(curvesOf(30, measured)).onset).toBeNull()
  expect(diagnose(curvesOf(30, memorising)).onset).not.toBeNull()
})

test('early stopping as Keras does it', () => {
  const curves = curvesOf(6, { loss: t => 2 - t / 10, val_loss: t => [2, 1, 1.1, 1, 1.2, 0.5][t]! })
  const stopping = (patience: number) => diagnose(curves, { patience }).earlyStopping
  expect(stopping(0)).toEqual({ patience: 0, stopped: 2, kept: 1 })
  expect(stopping(1)).toEqual({ patience: 1, stopped: 2, kept: 1 })
  expect(stopping(3)).toEqual({ patience: 3, stopped: 4, kept: 1 })
  expect(stopping(4)).toEqual({ patience: 4, stopped: null, kept: 5 })
  expect(() => diagnose(curves, { patience: 1.5 })).toThrow('patience should be a whole number')
  expect(() => diagnose(curves, { patiense: 1 } as never)).toThrow('Did you mean "patience"?')
})

test('smoothing: the median of 3, then the mean of 3, shorter at the ends', () => {
  expect(smooth([1, 9, 2, 3])).toEqual([3.5, 10 / 3, 2.5, 2.75])
  expect(smooth([5])).toEqual([5])
  expect(smooth([1, Number.NaN, 3])).toEqual([1, Number.NaN, 3])
})

const losses = fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 4, maxLength: 40 })

test('a validation loss that falls strictly never has an onset', () => {
  fc.assert(
    fc.property(losses, fc.double({ min: 0, max: 1, noNaN: true }), (values, error) => {
      const sorted = [...new Set(values)].sort((a, b) => b - a)
      const rows = rowsAround(1, { rows: 40, noise: error })
      const curves = curvesOf(
        sorted.length,
        { loss: t => 1 / (1 + t), val_loss: t => sorted[t]! },
        { validation: sorted.map(() => rows) },
      )
      expect(diagnose(curves).onset).toBeNull()
    }),
  )
})

test('the onset knows no unit of loss, and no first epoch', () => {
  fc.assert(
    fc.property(
      losses,
      fc.constantFrom(0.25, 2, 1024),
      fc.integer({ min: 1, max: 50 }),
      (values, unit, shift) => {
        const curve = (factor: number) =>
          curvesOf(values.length, { loss: t => factor / (1 + t), val_loss: t => factor * values[t]! })
        const found = diagnose(curve(1))
        const scaled = diagnose(curve(unit))
        expect(scaled.onset).toBe(found.onset)
        expect(scaled.strength).toBe(found.strength)
        expect(scaled.generalisationLoss).toBeCloseTo(found.generalisationLoss!, 8)
        const later = diagnose({ ...curve(1), epoch: values.map((_, t) => t + shift) })
        expect(later.onset).toBe(found.onset === null ? null : found.onset + shift)
      },
    ),
  )
})

test('whatever the curves are, there is a verdict of two sentences or more', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, -1))
  const curve = fc.array(number, { maxLength: 6 })
  const history = fc.dictionary(
    fc.constantFrom('loss', 'accuracy', 'val_loss', 'val_accuracy', 'train_eval_loss'),
    curve,
  )
  fc.assert(
    fc.property(
      history,
      fc.integer({ min: 0, max: 6 }),
      fc.option(fc.integer({ min: 1, max: 10 })),
      (curves, n, classes) => {
        const epoch = Array.from({ length: n }, (_, t) => t)
        const found = diagnose(
          { epoch, history: curves },
          classes === null ? {} : { classes, validationRows: 3 },
        )
        expect(found.text).toMatch(/\. .*\.$/)
        expect(found.text).not.toMatch(/undefined|null/)
        JSON.stringify(found)
      },
    ),
  )
})
