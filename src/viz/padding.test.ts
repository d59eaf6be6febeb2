import { expect, test } from 'vitest'
import { padding } from '../explain/padding.js'
import { drawPadding } from './padding.js'
import { textsIn } from './svg/texts.fixture.js'

test("the tutorial's 5×5 and 3×3, with the formula filled in", async () => {
  const { svg, description, width } = drawPadding(padding())
  const texts = textsIn(svg)
  expect(texts).toContain('padding "valid": 5×5 → 3×3'.replaceAll('"', '&quot;'))
  expect(texts).toContain('D − N + 1 = 5 − 3 + 1 = 3')
  expect(description).toContain('⌈D / s⌉ = ⌈5 / 1⌉ = 5')
  // The margin: 7 · 7 - 5 · 5 zeros.
  expect(texts.filter(text => text === '0')).toHaveLength(24)
  expect(width).toBeLessThanOrEqual(400)
  await expect(svg).toMatchFileSnapshot('goldens/padding.svg')
})

test('an even filter: the odd zeros are marked; strides: what no window reaches is crossed out', async () => {
  const { svg, description } = drawPadding(padding({ size: 6, kernel: 4, strides: 3 }), { arrange: 'row' })
  expect(description).toContain('The odd ones go to the bottom and right (thick edge).')
  expect(description).toContain(
    'No position of the filter reaches the last 2 rows and the last 2 columns (crossed out).',
  )
  const crosses = svg.match(/<path [^>]*stroke-width="1.8"/g)
  expect(crosses).toHaveLength(6 * 6 - 4 * 4)
  expect(svg.match(/<path [^>]*stroke-width="4"/g)).toHaveLength(1)
  await expect(svg).toMatchFileSnapshot('goldens/padding-even-strides.svg')
})

test('axes that differ have a formula each', () => {
  const texts = textsIn(drawPadding(padding({ size: [5, 8], kernel: [3, 2] })).svg)
  expect(texts).toContain('height: D − N + 1 = 5 − 3 + 1 = 3')
  expect(texts).toContain('width: D − N + 1 = 8 − 2 + 1 = 7')
})
