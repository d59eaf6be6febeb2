import { expect, test } from 'vitest'
import { categoricalCrossentropy } from '../nn/losses.js'
import { sgd } from './optimizers/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

const { x, y } = tinyData(9)
const loss = categoricalCrossentropy({ labelSmoothing: 0.3 })
const still = { optimizer: sgd({ learningRate: 1e-30 }) }

/** The loss by hand: 0.7 of the label, 0.1 for each of the three classes. */
async function smoothedLoss(): Promise<number> {
  const p = (await tinyModel().predict(x)).data
  const rows = Array.from({ length: 9 }, (_, row) => [...p.slice(3 * row, 3 * row + 3)])
  const losses = rows.map((shares, row) =>
    shares.reduce((sum, share, c) => sum - (0.7 * Number(c === y.data[row]) + 0.1) * Math.log(share), 0),
  )
  return losses.reduce((sum, value) => sum + value, 0) / 9
}

test('training, validation and evaluation have the smoothed loss; accuracy stays what it was', async () => {
  const model = tinyModel({}, { loss, ...still })
  const { history } = await model.fit(x, y, { ...quiet, validationData: [x, y] })
  const expected = await smoothedLoss()
  expect(history.loss![0]).toBeCloseTo(expected, 6)
  expect(history.val_loss![0]).toBeCloseTo(expected, 6)
  const plain = await tinyModel().evaluate(x, y)
  expect((await tinyModel({}, { loss }).evaluate(x, y))[1]).toBe(plain[1])
})

test('it changes what is learned', async () => {
  const [smooth, plain] = [tinyModel({}, { loss }), tinyModel()]
  for (const model of [smooth, plain]) await model.fit(x, y, quiet)
  expect(weightsOf(smooth)).not.toEqual(weightsOf(plain))
})

test('a loss may come as plain JSON', async () => {
  const described = tinyModel({}, { loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.2 } })
  const made = tinyModel({}, { loss: categoricalCrossentropy({ labelSmoothing: 0.2 }) })
  for (const model of [described, made]) await model.fit(x, y, quiet)
  expect(weightsOf(described)).toEqual(weightsOf(made))
})

test.each([[categoricalCrossentropy], [undefined]])('what is no loss is refused: %o', given => {
  expect(() => tinyModel({}, { loss: given as never })).toThrow(
    'A loss must be a name or { name, …options }, but ',
  )
})
