import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawHistories } from './histories.js'
import { panel } from './history/frame.js'
import type { DrawnCurves, HistoryMarks } from './history/input.js'
import { drawHistory } from './history.js'

/** Twenty epochs: training from 2 down, validation lowest in epoch 7 (6 from 0). */
const epochs = Array.from({ length: 20 }, (_, t) => t)
const memorising: DrawnCurves = {
  epoch: epochs,
  history: {
    loss: epochs.map(t => 2 * 0.85 ** t),
    accuracy: epochs.map(t => 1 - 0.75 * 0.85 ** t),
    val_loss: epochs.map(t => 1.1 + (t < 6 ? 0.15 : 0.06) * Math.abs(t - 6)),
    val_accuracy: epochs.map(t => 0.65 - 0.006 * Math.abs(t - 9)),
  },
}
const marks: HistoryMarks = {
  onset: 6,
  best: { valLoss: { epoch: 6, value: 1.1 }, valAccuracy: { epoch: 9, value: 0.65 } },
  standardErrors: { valLoss: epochs.map(() => 0.04), valAccuracy: epochs.map(() => 0.015) },
  smoothed: memorising.history.val_loss!.map(value => value! + 0.02),
  classes: 10,
  text: 'From epoch 7 the training loss keeps falling while the validation loss rises. Keep epoch 7.',
}

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1]!)

/** Points of the paths in one colour, in the order they are drawn. */
const pathsOf = (svg: string, ink: string): [number, number][][] =>
  [...svg.matchAll(new RegExp(`<path d="([^"]*)"[^>]*class="s-${ink}"`, 'g'))].map(match =>
    match[1]!
      .split(/[ML]/)
      .filter(Boolean)
      .map(pair => pair.split(' ').map(Number) as [number, number]),
  )

test('accuracy and loss of one run', async () => {
  const { svg } = drawHistory(memorising, marks)
  await expect(svg).toMatchFileSnapshot('goldens/history.svg')
  const texts = textsOf(svg)
  const last = { accuracy: 1 - 0.75 * 0.85 ** 19, loss: 2 * 0.85 ** 19 }
  expect(texts).toEqual(
    expect.arrayContaining([
      'Accuracy',
      'Loss',
      'epoch',
      `training ${(100 * last.accuracy).toFixed(1)} %`,
      `training ${last.loss.toPrecision(3)}`,
      `validation ${(100 * (0.65 - 0.06)).toFixed(1)} %`,
      `validation ${(1.1 + 0.06 * 13).toPrecision(3)}`,
      'best 65.0 %, epoch 10',
      'best 1.1, epoch 7',
      'guessing 10 %',
      `guessing ${Math.log(10).toFixed(3)}`,
    ]),
  )
  expect(texts.filter(text => text === 'overfitting starts (epoch 7)')).toHaveLength(2)
})

test('curves lie where their numbers say', () => {
  const { svg } = drawHistory(memorising, marks, { range: 'zero' })
  const [accuracy, loss] = pathsOf(svg, 'train')
  const bottom = panel.height - panel.bottom
  expect(accuracy).toHaveLength(20)
  // The axis of accuracy goes from 0 to 1: heights are shares of it.
  accuracy!.forEach(([x, y], t) => {
    expect((bottom - y) / (bottom - panel.top)).toBeCloseTo(1 - 0.75 * 0.85 ** t, 3)
    expect((x - accuracy![0]![0]) / (accuracy![19]![0] - accuracy![0]![0])).toBeCloseTo(t / 19, 3)
  })
  // Loss: ratios of heights above the floor.
  const height = (t: number) => bottom - loss![t]![1]
  expect(height(10) / height(0)).toBeCloseTo(0.85 ** 10, 2)
  // Faint, then dashed: the smoothed curve lies above the validation curve by 0.02.
  const [, smoothed, validation] = pathsOf(svg, 'validation')
  const unit = height(0) / 2
  expect((validation![8]![1] - smoothed![8]![1]) / unit).toBeCloseTo(0.02, 2)
})

test('on a logarithmic axis equal ratios are equal distances', () => {
  const { svg } = drawHistory(memorising, {}, { log: true })
  const [, loss] = pathsOf(svg, 'train')
  const steps = loss!.slice(1).map(([, y], i) => y - loss![i]![1])
  for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 1)
})

test('the onset rule stands at its epoch, and what follows is shaded', () => {
  const { svg } = drawHistory(memorising, marks)
  const [accuracy] = pathsOf(svg, 'train')
  const x = accuracy![6]![0]
  expect(svg).toContain(`<line x1="${x}" x2="${x}" y1="${panel.top - 5}"`)
  expect(svg).toContain(`<rect x="${x}" y="${panel.top}"`)
  expect(drawHistory(memorising, { ...marks, onset: null }).svg).not.toContain('overfitting starts')
})

test('the text alternative says the numbers and the verdict', () => {
  expect(drawHistory(memorising, marks).description).toBe(
    'Curves over 20 epochs. Training accuracy from 25.0 % to 96.6 %; validation accuracy from 59.6 % to 59.0 %; ' +
      'training loss from 2 to 0.0912; validation loss from 2 to 1.88. Best validation accuracy 65.0 % in epoch 10. ' +
      'Lowest validation loss 1.1 in epoch 7. Overfitting starts in epoch 7. ' +
      'From epoch 7 the training loss keeps falling while the validation loss rises. Keep epoch 7.',
  )
})

test('a column is as wide as a phone, a row twice that', () => {
  expect(drawHistory(memorising, marks, { arrange: 'column' }).width).toBe(400)
  expect(drawHistory(memorising, marks).width).toBe(816)
})

test('one epoch, a thousand, gaps, and no validation', () => {
  const one = drawHistory({ epoch: [0], history: { loss: [2.2], val_loss: [2.1] } }, { classes: 10 })
  expect(one.svg).toContain('<circle')
  expect(textsOf(one.svg)).toContain('validation 2.1')
  const many = Array.from({ length: 1000 }, (_, t) => t)
  const long = drawHistory({ epoch: many, history: { loss: many.map(t => 1 / (1 + t)) } })
  expect(pathsOf(long.svg, 'train')[0]).toHaveLength(1000)
  expect(textsOf(long.svg)).toEqual(expect.arrayContaining(['1', '200', '1000']))
  const gaps = drawHistory(
    { epoch: [0, 1, 2, 3], history: { loss: [2, Number.NaN, null, 1.5] } },
    { text: '' },
  )
  expect(gaps.svg).not.toContain('NaN')
  expect(() => drawHistory({ epoch: [], history: {} })).toThrow('the history has no finished epoch')
})

test('training measured like validation is a third curve', () => {
  const { svg } = drawHistory({
    ...memorising,
    history: { ...memorising.history, train_eval_loss: epochs.map(t => 1.8 * 0.85 ** t) },
  })
  expect(textsOf(svg)).toContain(`inference ${(1.8 * 0.85 ** 19).toPrecision(3)}`)
  expect(svg).toContain('measured as validation is')
})

const settled: DrawnCurves = {
  epoch: epochs.slice(0, 12),
  history: {
    loss: epochs.slice(0, 12).map(t => 2 * 0.93 ** t),
    accuracy: epochs.slice(0, 12).map(t => 0.3 + 0.04 * t),
    val_loss: epochs.slice(0, 12).map(t => 2.02 * 0.93 ** t),
    val_accuracy: epochs.slice(0, 12).map(t => 0.31 + 0.04 * t),
  },
}

const runs = [
  { name: 'plain', history: memorising, marks },
  {
    name: 'with dropout',
    history: settled,
    marks: {
      onset: null,
      classes: 10,
      best: {
        valLoss: { epoch: 11, value: 2.02 * 0.93 ** 11 },
        valAccuracy: { epoch: 11, value: 0.75 },
      },
    },
  },
]

test('several runs over each other, with a table', async () => {
  const drawing = drawHistories(runs)
  await expect(drawing.svg).toMatchFileSnapshot('goldens/histories.svg')
  const texts = textsOf(drawing.svg)
  expect(texts.filter(text => text === 'plain')).toHaveLength(3)
  // Of the epoch with the lowest validation loss, number 7: 0.65 - 0.006 · 3.
  expect(texts).toEqual(
    expect.arrayContaining([
      '7',
      '1.1',
      '63.2 % ± 1.5',
      'epoch 7',
      '12',
      (2.02 * 0.93 ** 11).toPrecision(3),
      '75.0 %',
      '–',
    ]),
  )
  expect(drawing.description).toBe(
    'plain: best epoch 7, validation loss 1.1, validation accuracy 63.2 % ± 1.5, overfitting starts in epoch 7. ' +
      'with dropout: best epoch 12, validation loss 0.909, validation accuracy 75.0 %, no onset of overfitting.',
  )
  expect(drawHistories(runs, { arrange: 'column' }).width).toBe(400)
  expect(() => drawHistories([])).toThrow('drawHistories')
})

test('a curve of hardly any height leaves marks that do not belong to it out', () => {
  const history = { accuracy: [6.65e-306, 0] }
  const { body } = drawHistory({ epoch: [0], history }, { ...marks, onset: 0 }, { range: 'data' })
  expect(body).not.toMatch(/NaN|Infinity/)
})

test('whatever the curves are, the drawing has only places that exist', () => {
  const number = fc.oneof(
    fc.double({ min: 0, max: 5, noNaN: true }),
    fc.constantFrom(0, Number.NaN, null, Number.POSITIVE_INFINITY, 1e30),
  )
  const curve = fc.array(number, { minLength: 1, maxLength: 8 })
  const history = fc.dictionary(fc.constantFrom('loss', 'accuracy', 'val_loss', 'val_accuracy'), curve)
  const options = fc.record({ log: fc.boolean(), range: fc.constantFrom('zero' as const, 'data' as const) })
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 8 }), options, (curves, n, chosen) => {
      const epoch = Array.from({ length: n }, (_, t) => t)
      const drawing = drawHistory({ epoch, history: curves }, { ...marks, onset: n - 1 }, chosen)
      expect(drawing.width).toBeGreaterThanOrEqual(400)
      expect(drawing.body).not.toMatch(/NaN|Infinity|undefined/)
      expect(drawHistories([{ name: 'a', history: { epoch, history: curves } }], chosen).body).not.toMatch(
        /NaN|Infinity/,
      )
    }),
  )
})
