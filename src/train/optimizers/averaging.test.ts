import { expect, test } from 'vitest'
import { adam } from './adam.js'
import type { AveragingOptions } from './averaging-options.js'
import { expectSteps, gradients, start } from './close-to.fixture.js'
import { muon } from './muon.js'
import type { Optimizer } from './optimizer.js'
import { optimizerFromName, optimizerNames } from './registry.js'
import { runWeights } from './run.fixture.js'
import { sgd } from './sgd.js'

const rate = 0.125
const twenty = Array.from({ length: 20 }, (_, step) => gradients[step % 5]!)

/** The weight and its average after every step. */
async function run(options: AveragingOptions) {
  const optimizer = sgd({ learningRate: rate, ...options })
  const slot = optimizer.averages!.slots({ name: 'w', shape: [3], trainable: true })[0]!.name
  const steps = twenty.map(w => ({ w }))
  const seen = await runWeights(optimizer, { w: start }, steps, { slots: [slot] })
  return { weights: seen.map(({ w }) => w!), averages: seen.map(rows => rows[slot]!) }
}

const at = (from: readonly number[], to: readonly number[], share: number) =>
  from.map((value, i) => value + (to[i]! - value) * share)

test.each([
  { emaMomentum: 0.75, emaOverwriteFrequency: null },
  { emaMomentum: 0.5, emaOverwriteFrequency: 3 },
])('the moving average follows Keras: %o', async options => {
  let [w, average] = [start, start]
  const expected = twenty.map((g, step) => {
    w = w.map((value, i) => value - rate * g[i]!)
    average = step === 0 ? w : at(average, w, 1 - options.emaMomentum)
    if (options.emaOverwriteFrequency && (step + 1) % options.emaOverwriteFrequency === 0) w = average
    return { w, average }
  })
  const { weights, averages } = await run({ useEma: true, ...options })
  expectSteps(
    weights,
    expected.map(({ w }) => w),
    start,
  )
  expectSteps(
    averages,
    expected.map(({ average }) => average),
    start,
  )
})

test.each([
  { every: 5, decay: 0.75, power: 3 },
  { every: 3, decay: 0.5, power: 0 },
  { every: 7, decay: 0.9, power: 1 },
])('lookahead comes back to the slow weights: %o', async options => {
  const { every, decay, power } = options
  let [w, slow] = [start, start]
  const expected = twenty.map((g, step) => {
    const done = step + 1
    w = w.map((value, i) => value - rate * g[i]!)
    if (done === every) slow = w
    else if (done % every === 0) slow = at(w, slow, decay * (done / twenty.length) ** power)
    if (done % every === 0 || done === twenty.length) w = slow
    return { w, slow: done < every ? start.map(() => 0) : slow }
  })
  const { weights, averages } = await run({ lookahead: options })
  expectSteps(
    weights,
    expected.map(({ w }) => w),
    start,
  )
  expectSteps(
    averages,
    expected.map(({ slow }) => slow),
    start,
  )
})

test('a training shorter than the first meeting keeps its weights', async () => {
  const optimizer = sgd({ learningRate: 1, lookahead: { every: 5 } })
  const [first, last] = await runWeights(optimizer, { w: [1] }, [{ w: [0.25] }, { w: [0.25] }])
  expect([first!.w, last!.w]).toEqual([[0.75], [0.5]])
  expect([4, 5, 6].map(steps => optimizer.averages!.hasBegun(steps))).toEqual([false, true, true])
})

const slotsOf = (optimizer: Optimizer, trainable: boolean) =>
  optimizer.slots({ name: 'w', shape: [2], trainable }).map(({ name }) => name)

test('the average is of trainable weights, lookahead of all', () => {
  expect(slotsOf(sgd({ useEma: true }), true)).toEqual(['ema/w'])
  expect(slotsOf(sgd({ useEma: true }), false)).toEqual([])
  expect(slotsOf(adam({ lookahead: true }), true)).toEqual(['adam/mean/w', 'adam/square/w', 'lookahead/w'])
  expect(slotsOf(adam({ lookahead: true }), false)).toEqual(['lookahead/w'])
})

test('every optimizer takes them, and gives them back', () => {
  for (const name of optimizerNames) {
    for (const options of [
      { useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 2 },
      { lookahead: { every: 3, decay: 0.5, power: 0 } },
    ]) {
      const config = optimizerFromName(name, options).config()
      expect(config).toMatchObject(options)
      expect(optimizerFromName(name, config).config()).toEqual(config)
    }
    expect(optimizerFromName(name, { useEma: true }).config()).toMatchObject({
      useEma: true,
      emaMomentum: 0.99,
    })
    const { lookahead } = optimizerFromName(name, { lookahead: true }).config()
    expect(lookahead).toEqual({ every: 5, decay: expect.closeTo(0.7737809375, 12), power: 3 })
    expect(optimizerFromName(name).averages).toBe(null)
  }
})

test.each([
  [{ useEma: 1 }, 'sgd: useEma must be true or false, but 1 came.'],
  [{ useEma: true, emaMomentum: 1 }, 'sgd: emaMomentum must be at least 0 and below 1, but 1 came.'],
  [{ emaMomentum: 0.5 }, 'sgd: emaMomentum does nothing without an average.\n  Add useEma: true.'],
  [{ emaOverwriteFrequency: 5 }, 'sgd: emaOverwriteFrequency does nothing without an average.'],
  [
    { useEma: true, emaOverwriteFrequency: 0 },
    'sgd: emaOverwriteFrequency must be a whole number of at least 1, but 0 came.',
  ],
  [
    { useEma: true, lookahead: true },
    'sgd: useEma and lookahead came together, but weights are averaged in one way only.',
  ],
  [
    { lookahead: 5 },
    'sgd: lookahead must be true or an object, but 5 came.\n  Write lookahead: { every: 5 }.',
  ],
  [{ lookahead: { evry: 5 } }, 'sgd: lookahead: unknown option "evry".\n  Did you mean "every"?'],
  [{ lookahead: { every: 0 } }, 'sgd: lookahead: every must be a whole number of at least 1, but 0 came.'],
  [{ lookahead: { decay: 1 } }, 'sgd: lookahead: decay must be at least 0 and below 1, but 1 came.'],
  [
    { lookahead: { power: 0.5 } },
    'sgd: lookahead: power must be a whole number of at least 0, but 0.5 came.',
  ],
])('refuses %o', (options, message) => {
  expect(() => sgd(options as AveragingOptions)).toThrow(message)
})

test('only all weights can be averaged, not those of others alone', () => {
  expect(() => muon({ others: sgd({ useEma: true }) })).toThrow(
    'muon: others (sgd) averages its weights, but only all of them can be averaged.',
  )
})
