import { expect, test } from 'vitest'
import { type AugmentedToDraw, drawAugmented } from './augmented.js'

const pixels = (tone: number) => ({
  width: 2,
  height: 2,
  channels: 1 as const,
  data: Uint8Array.of(tone, 255 - tone, tone, 0),
})
const plain = (className: string, tone: number) => ({
  pixels: pixels(tone),
  shares: [{ className, share: 1 }],
})
const sheet: AugmentedToDraw = {
  columns: ['as it is', 'epoch 1', 'epoch 2'],
  rows: [
    { title: 'cat', pictures: [plain('cat', 10), plain('cat', 20), plain('cat', 30)] },
    {
      title: 'ship',
      pictures: [
        plain('ship', 40),
        {
          pixels: pixels(50),
          shares: [
            { className: 'ship', share: 0.624 },
            { className: 'cat', share: 0.376 },
          ],
        },
        plain('ship', 60),
      ],
    },
  ],
}

test('a row for each picture, shares below those that are mixed, no wider than a phone', async () => {
  const { svg, width, description } = drawAugmented(sheet)
  expect(svg.match(/<image /g)).toHaveLength(6)
  expect(svg).toContain('62 % ship')
  expect(svg).toContain('38 % cat')
  expect(width).toBe(12 + 64 + 18 + 64 + 8 + 64 + 12)
  expect(drawAugmented({ ...sheet, columns: ['as it is', '1', '2', '3', '4'] }).width).toBeLessThanOrEqual(
    400,
  )
  expect(description).toBe(
    'Each row shows a picture as it is, then in 2 epochs. cat. ship: epoch 1: 62 % ship, 38 % cat; epoch 2: ship.',
  )
  await expect(`${svg}\n`).toMatchFileSnapshot('goldens/augmented.svg')
})

test('nothing to show is refused', () => {
  expect(() => drawAugmented({ columns: ['as it is'], rows: [] })).toThrow(
    'drawAugmented: there is no picture.',
  )
})
