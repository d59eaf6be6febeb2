import { expect, test } from 'vitest'
import { drawClassShares } from './class-shares.js'

const counted = (part: number, count: number) => {
  const value = part / count
  return { value, standardError: Math.sqrt((value * (1 - value)) / count) }
}

const shares = {
  accuracy: counted(71, 100),
  classes: [
    { className: 'cat', recall: counted(30, 40), precision: counted(30, 45) },
    { className: 'dog', recall: counted(24, 40), precision: counted(24, 35) },
    { className: 'frog', recall: counted(19, 20), precision: counted(19, 20) },
    { className: 'unicorn', recall: counted(0, 0), precision: counted(0, 2) },
  ],
}

const numbers = (svg: string, pattern: RegExp) =>
  [...svg.matchAll(pattern)].map(found => found.slice(1).map(Number))

test('each class has its numbers, recall before precision', () => {
  const percents = [...drawClassShares(shares).svg.matchAll(/>([\d.]+ %|–)<\/text>/g)].map(([, text]) => text)
  expect(percents.filter(text => !/^(0|25|50|75|100) %$/.test(text!))).toEqual([
    ...['75.0 %', '66.7 %', '60.0 %', '68.6 %'],
    ...['95.0 %', '95.0 %', '–', '0.0 %'],
  ])
})

test('marks stand at the shares, whiskers reach two standard errors and end at 0 and 1', () => {
  const { svg } = drawClassShares(shares)
  const ticks = numbers(svg, /<text x="([\d.]+)"[^>]*>(0|100) %</g)
  const [zero, one] = [ticks.find(([, tick]) => tick === 0)![0]!, ticks.find(([, tick]) => tick === 100)![0]!]
  const place = (share: number) => Math.round((zero + share * (one - zero)) * 100) / 100
  const recalls = shares.classes.slice(0, 3).map(({ recall }) => recall)
  expect(numbers(svg, /<circle cx="([\d.]+)" cy="-6"/g).flat()).toEqual(
    recalls.map(({ value }) => place(value)),
  )
  const whiskers = numbers(svg, /<line x1="([\d.]+)" x2="([\d.]+)" y1="-6"/g)
  expect(whiskers).toHaveLength(3)
  recalls.forEach(({ value, standardError }, i) => {
    const ends = [value - 2 * standardError, Math.min(1, value + 2 * standardError)].map(place)
    // Both the axis and the ends are rounded to hundredths.
    whiskers[i]!.forEach((end, side) => {
      expect(Math.abs(end - ends[side]!)).toBeLessThan(0.025)
    })
  })
})

test('the text alternative names the best and the worst, with their errors', () => {
  const error = (part: number, count: number) => (100 * counted(part, count).standardError).toFixed(1)
  expect(drawClassShares(shares).description).toBe(
    `All classes together: 71.0 % ± ${error(71, 100)}. ` +
      `The highest recall has frog (95.0 % ± ${error(19, 20)}), the lowest dog (60.0 % ± ${error(24, 40)}). ` +
      `The highest precision has frog (95.0 % ± ${error(19, 20)}), the lowest unicorn (0.0 % ± 0.0).`,
  )
})

test('it fits a phone, and looks as it did', async () => {
  const drawing = drawClassShares(shares)
  expect(drawing.width).toBeLessThanOrEqual(420)
  expect(drawing.svg).not.toContain('NaN')
  await expect(drawing.svg).toMatchFileSnapshot('goldens/class-shares.svg')
})
