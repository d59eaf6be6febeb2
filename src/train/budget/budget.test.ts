import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint.js'
import type { PlanEvent } from '../events.js'
import type { FitOptions } from '../fit-options.js'
import type { AveragingOptions } from '../optimizers/averaging-options.js'
import { sgd } from '../optimizers/index.js'
import { constant, linear, oneCycle, type Schedule } from '../schedules/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../tiny.fixture.js'
import { noteRates, TimedBackend } from './budget.fixture.js'

const { x, y } = tinyData(50)
/** 40 rows in 10 steps, then 10 rows in 3 batches. */
const options = { ...quiet, batchSize: 4, validationSplit: 0.2 } satisfies FitOptions
/** The first step carries what happens once. */
const steady = (step = 1) => ({ step: (done: number) => (done === 0 ? 5 : step), evaluation: 0.5 })

/** Trains with a clock of its own. */
async function train(
  backend: TimedBackend,
  more: FitOptions,
  schedule: Schedule = linear({ from: 1 }),
  averaging: AveragingOptions = {},
) {
  const model = tinyModel({}, { optimizer: sgd({ learningRate: schedule, ...averaging }), backend })
  const rates: number[] = []
  const plans: PlanEvent[] = []
  /** Steps before each of them. */
  const toldAfter: number[] = []
  const steps: [step: number, of: number][] = []
  const saved: Checkpoint[] = []
  const { callbacks = [] } = more
  const start = backend.time
  const history = await model.fit(x, y, {
    ...options,
    checkpoint: { save: async checkpoint => void saved.push(checkpoint) },
    ...more,
    clock: backend.clock,
    callbacks: [noteRates(rates), ...callbacks],
    onEvent(event) {
      if (event.type === 'step') steps.push([event.step, event.steps])
      if (event.type === 'plan') toldAfter.push(rates.length)
      if (event.type === 'plan') plans.push(event)
    },
  })
  return { model, history, rates, steps, plans, toldAfter, saved, seconds: backend.time - start }
}

/** What an optimizer remembers of weights at the end, by their names. */
const slotsOf = (saved: readonly Checkpoint[], prefix: string): Record<string, number[]> =>
  Object.fromEntries(
    [...saved.at(-1)!.optimizer]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { data }]) => [name.slice(prefix.length), [...data]]),
  )

const falls = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value <= values[i - 1]!)

test('training ends when the time is over, with its schedule at its end, and the last epoch is measured though cut short', async () => {
  const { history, rates, steps, seconds } = await train(new TimedBackend(steady()), { budget: 100 })
  // An epoch takes 10 + 1.5 s; 100 s leave room for 5 + 8·11.5, and then nothing.
  expect(seconds).toBeGreaterThan(100 - 2.5)
  expect(seconds).toBeLessThanOrEqual(100)
  expect(history.stopped).toBe(false)
  expect(history.epoch.length).toBe(history.history.val_loss!.length)
  expect(steps.at(-1)![0]).toBe(steps.at(-1)![1])
  expect(falls(rates)).toBe(true)
  expect(rates[0]).toBe(1)
  expect(rates.at(-1)).toBeLessThan(2 / rates.length)
  // The rate falls evenly: the pace never changed, so neither did the plan.
  expect(Math.abs(rates[Math.floor(rates.length / 2)]! - 0.5)).toBeLessThan(0.05)
})

test('the plan is told once, when the pace has settled', async () => {
  const { plans, rates } = await train(new TimedBackend(steady()), { budget: 100 })
  expect(plans).toEqual([
    { type: 'plan', steps: rates.length, epochs: rates.length / 10, stepSeconds: 1, endSeconds: 1.5 },
  ])
})

test('the plan is told as soon where epochs are so short that it is made anew at their ends only', async () => {
  const { plans, toldAfter, rates } = await train(new TimedBackend(steady()), { budget: 1000 })
  expect(plans.length).toBe(1)
  expect(toldAfter[0]! / rates.length).toBeCloseTo(0.1, 1)
})

test('the last checkpoint is at the end of the schedule, and nothing is left to train', async () => {
  const { saved } = await train(new TimedBackend(steady()), { budget: 37 })
  const shares = saved.map(({ state }) => state.budget!.progress)
  expect(falls(shares.toReversed())).toBe(true)
  expect(saved.at(-1)!.state.budget).toMatchObject({ progress: 1, stepsLeft: 0 })
  const resumed = await train(new TimedBackend(steady()), { budget: 37, resume: saved.at(-1)! })
  expect(resumed.rates).toEqual([])
  expect(resumed.history.stopped).toBe(false)
})

test('lookahead holds on to its slow weights the more, the nearer the end of the time is', async () => {
  const backend = new TimedBackend(steady())
  const { model, saved } = await train(backend, { budget: 100 }, constant({ rate: 0.1 }), {
    lookahead: { every: 5, decay: 0.75, power: 1 },
  })
  const steps = backend.steps.length
  const shares = backend.steps.map(inputs => inputs['lookahead/slow']![0]!)
  expect(steps).toBeGreaterThan(70)
  for (const done of [10, 35, 60]) expect(shares[done - 1]).toBeCloseTo((0.75 * done) / steps, 6)
  expect(backend.steps.at(-1)!['lookahead/fast']![0]).toBe(0)
  expect(weightsOf(model)).toEqual(slotsOf(saved, 'lookahead/'))
})

test('the moving average is what is kept of a training whose last epoch was cut short', async () => {
  const averaging = { useEma: true, emaMomentum: 0.75 }
  const backend = new TimedBackend(steady())
  const { model, steps, saved } = await train(backend, { budget: 37 }, linear({ from: 1 }), averaging)
  expect(steps.at(-1)![0]).toBeLessThan(10)
  expect(weightsOf(model)).toEqual(slotsOf(saved, 'ema/'))
})

test('where time ends before slow and fast weights meet for the first time, the weights are kept as they are', async () => {
  const averaging = { lookahead: { every: 10 } }
  const backend = new TimedBackend(steady())
  const { model, saved, rates } = await train(backend, { budget: 16 }, linear({ from: 1 }), averaging)
  expect(rates.length).toBeLessThan(10)
  const { weights, state } = saved.at(-1)!
  expect(state.budget!.steps).toBe(rates.length)
  const last = Object.fromEntries([...weights].map(([name, { data }]) => [name, [...data]]))
  expect(weightsOf(model)).toEqual(last)
  await model.fit(x, y, {
    ...options,
    budget: 16,
    clock: backend.clock,
    resume: { ...saved.at(-1)!, state: JSON.parse(JSON.stringify(state)) },
  })
  expect(weightsOf(model)).toEqual(last)
})

test('a cut epoch has fewer steps than the others, and its event says how many', async () => {
  const { steps, history } = await train(new TimedBackend(steady()), { budget: 37 })
  const last = history.epoch.length - 1
  const inLast = steps.slice(10 * last)
  expect(last).toBe(2)
  expect(inLast.length).toBeLessThan(10)
  expect(inLast.at(-1)).toEqual([inLast.length, inLast.length])
})

test('when steps become slower the plan follows: the end stays, and progress never goes back', async () => {
  for (const factor of [0.3, 3]) {
    const costs = { step: (done: number) => (done < 30 ? 1 : factor), evaluation: 0.5 }
    const { rates, seconds } = await train(
      new TimedBackend(costs),
      { budget: 100 },
      oneCycle({ peak: 1, peakAt: 0.1 }),
    )
    expect(seconds).toBeGreaterThan(94)
    expect(seconds).toBeLessThanOrEqual(101)
    const peak = rates.indexOf(Math.max(...rates))
    expect(falls(rates.slice(peak))).toBe(true)
    expect(falls(rates.slice(0, peak).toReversed())).toBe(true)
    expect(rates.at(-1)).toBeLessThan(0.15)
  }
})

test('epochs are an upper bound: with time enough they are what training ends by, and the schedule with them', async () => {
  const { rates, history, seconds } = await train(new TimedBackend(steady()), { budget: 1000, epochs: 3 })
  expect(history.epoch).toEqual([0, 1, 2])
  expect(seconds).toBeLessThan(100)
  expect(falls(rates)).toBe(true)
  expect(rates.at(-1)).toBeLessThan(0.05)
})

test('interrupted and resumed, the time already used counts and the progress goes on', async () => {
  for (const after of [3, 10, 25, 44]) {
    let saved: Checkpoint | undefined
    const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
    const stop = noteRates([], after)
    const first = await train(new TimedBackend(steady()), {
      budget: 100,
      callbacks: [stop],
      checkpoint: { save },
    })
    expect(first.history.stopped).toBe(true)
    const resume = { ...saved!, state: JSON.parse(JSON.stringify(saved!.state)) }
    const second = await train(new TimedBackend(steady()), { budget: 100, resume })
    expect(first.seconds + second.seconds).toBeGreaterThan(95)
    expect(first.seconds + second.seconds).toBeLessThanOrEqual(100)
    expect(falls([...first.rates, ...second.rates])).toBe(true)
    expect(second.rates.at(-1)).toBeLessThan(0.05)
    expect(second.history.stopped).toBe(false)
  }
})

test('interrupted while the last epoch was measured, it is only measured', async () => {
  let saved: Checkpoint | undefined
  const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
  const whole = await train(new TimedBackend(steady()), { budget: 40 })
  const stop = noteRates([], whole.rates.length)
  await train(new TimedBackend(steady()), { budget: 40, callbacks: [stop], checkpoint: { save } })
  const state = { ...saved!.state, budget: { ...saved!.state.budget!, progress: 1, stepsLeft: 0 } }
  const rest = await train(new TimedBackend(steady()), { budget: 40, resume: { ...saved!, state } })
  expect(rest.rates).toEqual([])
  expect(rest.history.history.val_loss).toEqual(whole.history.history.val_loss)
  const { history } = await train(new TimedBackend(steady()), {
    budget: 40,
    resume: { ...saved!, state: { ...state, step: 0, epoch: 3 } },
  })
  expect(history.stopped).toBe(false)
})

test('a budget too short for a step and its measuring says so, and no weight has moved', async () => {
  const backend = new TimedBackend({ step: () => 3, evaluation: 2 })
  const model = tinyModel({}, { optimizer: sgd(), backend })
  const before = weightsOf(model)
  await expect(model.fit(x, y, { ...options, budget: 10, clock: backend.clock })).rejects.toThrow(
    'fit: a budget of 10 s is too short: after the first step 9 s had passed, and measuring an epoch takes 6 s.\n  Give at least 30 s.',
  )
  expect(weightsOf(model)).toEqual(before)
})

test('a warm-up that is longer than what fits into the budget is refused when the pace is known', async () => {
  const backend = new TimedBackend(steady())
  const schedule = constant({ rate: 0.1, warmUp: { epochs: 50 } })
  const model = tinyModel({}, { optimizer: sgd({ learningRate: schedule }), backend })
  const before = weightsOf(model)
  await expect(model.fit(x, y, { ...options, budget: 60, clock: backend.clock })).rejects.toThrow(
    /^constant: the warm-up takes 50 epochs, but the training has only 4\.\d+ epochs\./,
  )
  expect(weightsOf(model)).toEqual(before)
})

test('so is one in epochs that are shorter than what the pace is measured by', async () => {
  const schedule = constant({ rate: 0.1, warmUp: { epochs: 500 } })
  const short = train(new TimedBackend(steady()), { budget: 60, batchSize: 20 }, schedule)
  await expect(short).rejects.toThrow(/^constant: the warm-up takes 500 epochs, but the training has only /)
})

test('a checkpoint with a budget needs one, and one without takes none', async () => {
  const saved: Checkpoint[] = []
  const save = async (checkpoint: Checkpoint) => void saved.push(checkpoint)
  await train(new TimedBackend(steady()), { budget: 30, checkpoint: { save } })
  await train(new TimedBackend(steady()), { epochs: 1, checkpoint: { save } })
  const [withBudget, without] = [saved[0]!, saved.at(-1)!]
  const resume = (more: FitOptions) => train(new TimedBackend(steady()), more)
  await expect(resume({ epochs: 3, resume: withBudget })).rejects.toThrow(
    'fit: the checkpoint was made with a budget, so its schedule would jump.\n  Give a budget, or begin a new training.',
  )
  await expect(resume({ budget: 30, resume: without })).rejects.toThrow('made without a budget')
  await expect(resume({ budget: 0 })).rejects.toThrow(
    'fit: budget must be a number of seconds above 0, but 0 came.',
  )
})

test('where saving takes the time that was left, the last checkpoint knows that nothing is', async () => {
  const backend = new TimedBackend(steady())
  const saved: Checkpoint[] = []
  const save = async (checkpoint: Checkpoint) => {
    saved.push(checkpoint)
    if (saved.length === 2) backend.time += 60
  }
  const { history } = await train(backend, { budget: 70, checkpoint: { save } })
  expect(history.epoch).toEqual([0, 1])
  expect(saved).toHaveLength(3)
  expect(saved.map(({ state }) => state.budget!.stepsLeft! > 0)).toEqual([true, true, false])
})
