import { expect, test } from 'vitest'
import { Pace } from './pace.js'

function paceAt(): { pace: Pace; at: (seconds: number) => void } {
  let time = 100
  const pace = new Pace(() => time)
  return { pace, at: seconds => void (time = 100 + seconds) }
}

test('the first step counts only while it is the only one', () => {
  const { pace, at } = paceAt()
  expect(pace.imagesPerSecond).toBe(0)
  expect(pace.secondsFor(100)).toBe(0)
  at(4)
  pace.step(32)
  expect(pace.imagesPerSecond).toBe(8)
  at(5)
  pace.step(32)
  expect(pace.imagesPerSecond).toBe(32)
  at(6)
  pace.step(16)
  expect(pace.imagesPerSecond).toBe(24)
  expect(pace.secondsFor(48)).toBe(2)
  expect(pace.seconds).toBe(6)
})

test('a clock that stands still gives no infinite pace', () => {
  const { pace } = paceAt()
  pace.step(1)
  expect(pace.imagesPerSecond).toBe(1e6)
})
