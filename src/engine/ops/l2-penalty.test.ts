import { expect, test } from 'vitest'
import { l2Penalty, l2PenaltyGradient } from './l2-penalty.js'

test('is Keras’ l2: factor · Σ w², not half of it', () => {
  const w = Float64Array.of(3, -4)
  expect([...l2Penalty.meaning({ factor: 0.1 }, [w], [[2]], [1])]).toEqual([2.5])
  expect([...l2PenaltyGradient.meaning({ factor: 0.25 }, [Float64Array.of(2), w], [[1], [2]], [2])]).toEqual([
    3, -4,
  ])
})
