import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepsWithin } from './steps-within.js'

/** Walks through the time step by step; before each it makes sure that the end of its epoch still fits. */
function walked(seconds: number, step: number, end: number, stepsPerEpoch: number, done: number): number {
  let [time, inEpoch, steps] = [0, done, 0]
  for (;;) {
    if (inEpoch === stepsPerEpoch) {
      time += end
      inEpoch = 0
    }
    if (time + step + end > seconds) return steps
    time += step
    inEpoch++
    steps++
  }
}

test('as many steps as a walk through the time finds', () => {
  // Whole seconds, so that sums are exact.
  const seconds = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(
      seconds,
      fc.integer({ min: 1, max: 9 }),
      fc.nat(20),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(8),
      (time, step, end, stepsPerEpoch, done) => {
        const place = { stepsPerEpoch, step: Math.min(done, stepsPerEpoch) }
        expect(stepsWithin(time, { step, end }, place)).toBe(
          walked(time, step, end, stepsPerEpoch, place.step),
        )
      },
    ),
  )
})

test('no time left is no step, and a clock that stands still gives a number', () => {
  expect(stepsWithin(-5, { step: 1, end: 1 }, { stepsPerEpoch: 3, step: 0 })).toBe(0)
  expect(stepsWithin(1, { step: 0, end: 0 }, { stepsPerEpoch: 3, step: 0 })).toBeGreaterThan(1e6)
})
