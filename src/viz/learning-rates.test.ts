import { expect, test } from 'vitest'
import { drawLearningRates, type LearningRatesToDraw, powerOfTen } from './learning-rates.js'

/** A valley over 10⁻⁵ … 1, lowest at 0.1, with a raw loss that swings around it. */
function valley(): LearningRatesToDraw {
  const rates = Array.from({ length: 51 }, (_, i) => 10 ** (-5 + i / 10))
  const smoothed = rates.map(rate => 2.3 - 1.5 / (1 + (Math.log10(rate) + 1) ** 2))
  return {
    rates,
    smoothed,
    losses: smoothed.map((loss, i) => loss + (i % 2 ? 0.1 : -0.1)),
    steepest: 0.03,
    minimum: 0.1,
    suggestion: 0.032,
    divergedAt: null,
  }
}

/** Along the axis of 344 units that begins at 44. */
const across = (rate: number) => 44 + (344 * (Math.log10(rate) + 5)) / 5

test('the suggested rate stands where it belongs on a logarithmic axis, and says its number', async () => {
  const { svg, description } = drawLearningRates(valley())
  expect(svg).toContain('try 0.032')
  const rule = /<line x1="([\d.]+)" x2="\1" y1="50" y2="240"/.exec(svg)
  expect(Number(rule![1])).toBeCloseTo(across(0.032), 1)
  const shade = /<rect x="([\d.]+)" y="58" width="([\d.]+)"/.exec(svg)
  expect(Number(shade![1])).toBeCloseTo(across(0.1), 1)
  expect(Number(shade![1]) + Number(shade![2])).toBeCloseTo(388, 1)
  expect(description).toBe(
    '51 learning rates from 0.00001 to 1 were tried. The loss falls fastest at 0.03 and is lowest at 0.1. Try 0.032.',
  )
  await expect(`${svg}\n`).toMatchFileSnapshot('goldens/learning-rates.svg')
})

test('a loss that never falls gets no mark', () => {
  const { svg, description } = drawLearningRates({
    ...valley(),
    steepest: null,
    minimum: null,
    suggestion: null,
  })
  expect(svg).not.toContain('try ')
  expect(svg).not.toContain('too high')
  expect(description).toContain('The loss never fell')
})

test('losses beyond all bounds leave the axis where the smoothed curve is', () => {
  const { losses, ...rest } = valley()
  const { svg } = drawLearningRates({ ...rest, losses: losses.map((loss, i) => (i > 45 ? 1e9 : loss)) })
  expect(svg).not.toMatch(/-\d{3,}/)
})

test('powers of ten are written as people read them', () => {
  expect([-6, -3, -2, -1, 0, 1, 2, 3, 12].map(powerOfTen)).toEqual([
    '10⁻⁶',
    '10⁻³',
    '0.01',
    '0.1',
    '1',
    '10',
    '100',
    '10³',
    '10¹²',
  ])
})

test('a single rate makes no curve', () => {
  expect(() => drawLearningRates({ ...valley(), rates: [1], losses: [1], smoothed: [1] })).toThrow(
    'drawLearningRates: a curve takes two rates at least, but 1 came.',
  )
})
