import { expect, test } from 'vitest'
import * as schedules from './index.js'
import { ratesOf, rounded } from './rates.fixture.js'

const { constant, step, piecewise, exponential, cosine, polynomial, linear, oneCycle } = schedules

test('constant stays', () => {
  expect(ratesOf(constant({ rate: 0.1 }), 3)).toEqual([0.1, 0.1, 0.1, 0.1])
})

test('step falls by its factor every so many epochs, whatever the share of them in floating point', () => {
  expect(rounded(ratesOf(step({ from: 1, factor: 0.5, every: { epochs: 2 } }), 12, 2))).toEqual([
    ...[1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25],
    0.125,
  ])
  expect(rounded(ratesOf(step({ from: 1, every: 0.1 }), 10), 10)).toEqual(
    rounded(
      Array.from({ length: 11 }, (_, fall) => 0.1 ** fall),
      10,
    ),
  )
})

test('piecewise draws straight lines, and stays before the first and after the last point', () => {
  const points = [
    [2, 1],
    [4, 3],
    [5, 0],
  ] as const
  expect(ratesOf(piecewise({ points, unit: 'steps' }), 7)).toEqual([1, 1, 1, 2, 3, 0, 0, 0])
  expect(rounded(ratesOf(piecewise({ points: [[0, 1], [0.5, 2], [1, 0]] }), 4))).toEqual([1, 1.5, 2, 1, 0]) // biome-ignore format: a table
})

test("exponential is Keras' ExponentialDecay, with and without stairs", () => {
  // initial · rate^(step / decay_steps): keras.optimizers.schedules.ExponentialDecay(0.1, 4, 0.5)
  const smooth = Array.from({ length: 9 }, (_, at) => 0.1 * 0.5 ** (at / 4))
  expect(rounded(ratesOf(exponential({ from: 0.1, factor: 0.5, every: { steps: 4 } }), 8), 12)).toEqual(
    rounded(smooth, 12),
  )
  const stairs = ratesOf(exponential({ from: 0.1, factor: 0.5, every: { epochs: 1 }, staircase: true }), 8, 4)
  expect(stairs).toEqual([0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025])
})

test('cosine falls along half a wave, over the whole training or less', () => {
  const wave = Array.from({ length: 9 }, (_, at) => 0.1 + 0.45 * (1 + Math.cos((Math.PI * at) / 8)))
  expect(rounded(ratesOf(cosine({ from: 1, to: 0.1 }), 8), 12)).toEqual(rounded(wave, 12))
  expect(rounded(ratesOf(cosine({ from: 1, over: { steps: 2 } }), 4))).toEqual([1, 0.5, 0, 0, 0])
})

test('polynomial and linear come to their end and stay', () => {
  expect(rounded(ratesOf(linear({ from: 1, to: 0.2 }), 4))).toEqual([1, 0.8, 0.6, 0.4, 0.2])
  expect(rounded(ratesOf(polynomial({ from: 1, power: 2, over: 0.5 }), 4))).toEqual([1, 0.25, 0, 0, 0])
  expect(rounded(ratesOf(polynomial({ from: 1, power: 0.5 }), 4))).toEqual(
    rounded([1, 0.75, 0.5, 0.25, 0].map(Math.sqrt)),
  )
})

test('oneCycle is the triangle of airbench: a fifth, the peak at 23 %, 7 % at the end', () => {
  const rates = rounded(ratesOf(oneCycle({ peak: 10 }), 100))
  expect([rates[0], rates[23], rates[100]]).toEqual([2, 10, 0.7])
  expect(rates[10]).toBeCloseTo(2 + (8 * 10) / 23, 5)
  expect(rates[60]).toBeCloseTo(10 - (9.3 * 37) / 77, 5)
  const soft = ratesOf(oneCycle({ peak: 1, start: 0, end: 0, peakAt: { epochs: 1 }, shape: 'cosine' }), 4, 2)
  expect(rounded(soft)).toEqual([0, 0.5, 1, 0.5, 0])
})

test('a warm-up rises to where the schedule begins, which then has the rest of the training', () => {
  const warm = cosine({ from: 1, warmUp: { steps: 4, from: 0.2 } })
  expect(rounded(ratesOf(warm, 8))).toEqual([
    ...[0.2, 0.4, 0.6, 0.8],
    ...rounded([0, 1, 2, 3, 4].map(at => (1 + Math.cos((Math.PI * at) / 4)) / 2)),
  ])
  const shares = step({ from: 1, every: { epochs: 1 }, warmUp: { share: 0.5 } })
  expect(rounded(ratesOf(shares, 8, 2))).toEqual([0, 0.25, 0.5, 0.75, 1, 1, 0.1, 0.1, 0.01])
  expect(rounded(ratesOf(constant({ rate: 3, warmUp: { epochs: 1 } }), 4, 3))).toEqual([0, 1, 2, 3, 3])
})

test('with a plan that changes, shares follow the progress and come to their end with it', () => {
  const at = (progress: number) =>
    oneCycle({ peak: 1, warmUp: { steps: 2 } }).learningRate({
      step: 10,
      steps: 20,
      stepsPerEpoch: 5,
      progress,
    })
  expect(at(1)).toBeCloseTo(0.07, 12)
  expect(at(0.9)).toBeGreaterThan(at(0.95))
})

test('what does not fit into the training is refused, with both lengths', () => {
  const training = { steps: 30, stepsPerEpoch: 10 }
  const refusal = (schedule: schedules.Schedule) => () => schedule.check!(training)
  expect(refusal(cosine({ from: 1, over: { epochs: 5 } }))).toThrow(
    'cosine: over is 5 epochs, but the training has only 3 epochs.\n  Train for longer, make it shorter, or give it as a share of the training, for example 0.5.',
  )
  expect(refusal(step({ from: 1, every: { epochs: 4 } }))).toThrow('step: every is 4 epochs, but')
  expect(refusal(oneCycle({ peak: 1, peakAt: { steps: 31 } }))).toThrow(
    'oneCycle: peakAt is 31 steps, but the training has only 30 steps.',
  )
  expect(
    refusal(
      piecewise({
        points: [
          [0, 1],
          [3.5, 0],
        ],
        unit: 'epochs',
      }),
    ),
  ).toThrow(
    // biome-ignore format: a table
    'piecewise: the last point is 3.5 epochs, but the training has only 3 epochs.',
  )
  expect(refusal(linear({ from: 1, warmUp: { epochs: 3 } }))).toThrow(
    'linear: the warm-up takes 3 epochs, which leaves nothing for the schedule.\n  Train for longer, or make it shorter.',
  )
  expect(refusal(linear({ from: 1, warmUp: { share: 1 } }))).toThrow(
    'linear: the warm-up takes 1 of the training, which leaves nothing for the schedule.',
  )
  // Behind a warm-up of one epoch there are only two.
  expect(refusal(cosine({ from: 1, over: { epochs: 3 }, warmUp: { epochs: 1 } }))).toThrow('only 2 epochs')
  expect(refusal(exponential({ from: 1, every: { epochs: 9 }, staircase: true }))).toThrow(
    'every is 9 epochs',
  )
  expect(exponential({ from: 1, every: { epochs: 9 } }).check).toBeUndefined()
  expect(refusal(cosine({ from: 1, over: { epochs: 3 } }))).not.toThrow()
})

test('every schedule comes back from its config, as JSON too', () => {
  const all = [
    constant({ rate: 0.1 }),
    step({ from: 0.1, every: { epochs: 3 } }),
    piecewise({ points: [[0, 0.1], [1, 0]] }), // biome-ignore format: a table
    exponential({ from: 0.1, staircase: true }),
    cosine({ from: 0.1, warmUp: { epochs: 1 } }),
    polynomial({ from: 0.1, power: 2 }),
    linear({ from: 0.1, over: 0.5 }),
    oneCycle({ peak: 0.1, shape: 'cosine' }),
  ]
  expect(all.map(({ name }) => name)).toEqual(schedules.scheduleNames)
  for (const schedule of all) {
    const config = schedules.scheduleConfig(schedule)
    const again = schedules.scheduleFromConfig(JSON.parse(JSON.stringify(config)))
    expect(schedules.scheduleConfig(again)).toEqual(config)
    expect(ratesOf(again, 12, 3)).toEqual(ratesOf(schedule, 12, 3))
  }
})

test.each([
  [() => cosine(0.1 as never), 'cosine: from is missing.\n  For example cosine({ from: 0.01 }).'],
  [() => cosine({ from: '0.1' as never }), 'cosine: from must be a learning rate, above 0, but "0.1" came.'],
  [() => cosine({ from: 0 }), 'cosine: from must be a learning rate, above 0, but 0 came.'],
  [() => cosine({ from: 1, to: -1 }), 'cosine: to must be a learning rate, at least 0, but -1 came.'],
  [
    () => cosine({ from: 1, over: 5 }),
    'cosine: over must be a share of the training, at most 1, but 5 came.\n  Epochs are given as { epochs: 5 }.',
  ],
  [
    () => cosine({ from: 1, over: { epoch: 5 } as never }),
    'cosine: over must be a share of the training or one of',
  ],
  [() => cosine({ from: 1, over: { epochs: 0 } }), 'cosine: over must be longer than 0 epochs, but 0 came.'],
  [() => cosine({ form: 1, from: 1 } as never), 'cosine: unknown option "form".\n  Did you mean "from"?'],
  [() => step({ from: 1, factor: 2 }), 'step: factor must be above 0 and below 1, but 2 came.'],
  [() => exponential({ from: 1, staircase: 1 as never }), 'exponential: staircase must be true or false'],
  [() => polynomial({ from: 1, power: 0 }), 'polynomial: power must be above 0, but 0 came.'],
  [
    () => oneCycle({ peak: 1, shape: 'linaer' as never }),
    'Unknown shape of oneCycle "linaer".\n  Did you mean "linear"?',
  ],
  [() => piecewise({ points: [] }), 'piecewise: points must be a list of [when, rate], but [] came.'],
  [
    () =>
      piecewise({
        points: [
          [0, 1],
          [0, 2],
        ],
      }),
    'piecewise: point 2 is at 0, which does not come after 0.',
  ],
  [
    () =>
      piecewise({
        points: [
          [0, 1],
          [2, 2],
        ],
      }),
    'piecewise: point 2 is at 2, which is no share of the training (0 … 1).',
  ],
  [() => piecewise({ points: [[0, 0]] }), 'piecewise: all rates are 0, so nothing would be learned.'],
  [
    () => piecewise({ points: [[0, 1]], unit: 'epoch' as never }),
    'Unknown unit of piecewise "epoch".\n  Did you mean "epochs"?',
  ],
  [
    () => constant({ rate: 1, warmUp: 3 as never }),
    'constant: warmUp must be { share }, { epochs } or { steps }, but 3 came.',
  ],
  [
    () => constant({ rate: 1, warmUp: { epoch: 1 } as never }),
    'constant: warmUp: unknown option "epoch".\n  Did you mean "epochs"?',
  ],
  [
    () => schedules.scheduleFromConfig({ name: 'cosin', from: 1 }),
    'Unknown schedule "cosin".\n  Did you mean "cosine"?',
  ],
  [() => schedules.scheduleFromConfig({} as never), 'A schedule is given as { name, … }, but {} came.'],
])('a mistake is named: %#', (make, message) => {
  expect(make).toThrow(message)
})
