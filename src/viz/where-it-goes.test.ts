import { expect, test } from 'vitest'
import { shapeChain } from '../explain/shape-chain.js'
import * as layers from '../nn/layers/index.js'
import { modelFromName } from '../nn/models.js'
import { sequential } from '../nn/network.js'
import { longSkip } from './model-plot/networks.fixture.js'
import { drawShapeTable } from './shape-table.js'
import { textWidth } from './svg/text.js'
import { drawWhereItGoes } from './where-it-goes.js'

const tutorial = shapeChain(sequential(modelFromName('tutorial').layers([32, 32, 3], 10)))

const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)"[^>]*font-size="([\d.]+)"([^>]*)>(.*?)<\/text>/g)].map(
    ([, x, size, rest, text]) => ({
      ...{ x: Number(x), text: text!, end: rest!.includes('"end"') },
      width: textWidth(text!, { size: Number(size), weight: rest!.includes('700') ? 'bold' : 'normal' }),
    }),
  )

test('83.1 % of the parameters in one layer, 79.3 % of the work in another: as numbers and as lengths', () => {
  const { svg, description } = drawWhereItGoes(tutorial)
  const texts = textsOf(svg).map(({ text }) => text)
  // 1024 · 512 + 512 of 631,658; 32 · 32 · 576 · 64 of 47,596,160.
  expect(((1024 * 512 + 512) / 631_658).toFixed(3)).toBe('0.831')
  expect(((32 * 32 * 576 * 64) / 47_596_160).toFixed(3)).toBe('0.793')
  expect(texts).toContain('83.1 % · 524,800 parameters')
  expect(texts).toContain('79.3 % · 37.7 M multiply-adds')
  expect(texts.filter(text => text === 'no parameters, no products')).toHaveLength(3)
  expect(description).toBe(tutorial.sentence)
  const filled = [...svg.matchAll(/width="([\d.]+)" height="11" fill="#0072b2"/g)].map(([, width]) =>
    Number(width),
  )
  const framed = [...svg.matchAll(/width="([\d.]+)" height="9.5" stroke-width="1.5"/g)].map(([, width]) =>
    Number(width),
  )
  const whole = Math.max(...filled) / (524_800 / 631_658)
  expect(filled[1]! / whole).toBeCloseTo(36_928 / 631_658, 3)
  expect((Math.max(...framed) + 1.5) / whole).toBeCloseTo(37_748_736 / 47_596_160, 3)
})

test.each([400, 360, 320, 760])('at a width of %i all stays within', width => {
  const names = shapeChain(longSkip())
  for (const chain of [tutorial, names])
    for (const { x, width: length, end } of textsOf(drawWhereItGoes(chain, { width }).svg)) {
      expect(end ? x - length : x).toBeGreaterThanOrEqual(10)
      expect(end ? x : x + length).toBeLessThanOrEqual(width - 10)
    }
})

test('networks without parameters are drawn, too; widths without room are not', () => {
  const flat = shapeChain(sequential([layers.flatten({ inputShape: [2, 2, 1] })]))
  expect(drawWhereItGoes(flat).svg).toContain('No layer of this network has parameters.')
  expect(() => drawWhereItGoes(flat, { width: 120 })).toThrow(
    'drawWhereItGoes: width 120 leaves no room for bars.',
  )
})

test('the table: every number, right under right', () => {
  const { svg, width } = drawShapeTable(tutorial)
  const texts = textsOf(svg)
  const words = texts.map(({ text }) => text)
  const at = words.indexOf('conv2d_1')
  expect(words.slice(at, at + 8)).toEqual([
    ...['conv2d_1', '32×32×64', '36,928', '5.8 %', '37,748,736', '79.3 %'],
    ...['256.00 KB', `${((100 * 65_536) / tutorialNumbers()).toFixed(1)} %`],
  ])
  expect(words).toContain('631,658')
  expect(words).toContain('47,596,160')
  for (const { x, end, width: length } of texts) {
    expect(end ? x - length : x).toBeGreaterThanOrEqual(10)
    expect(end ? x : x + length).toBeLessThanOrEqual(width - 10)
  }
})

/** Numbers in all outputs of the tutorial's network, the picture included. */
const tutorialNumbers = (): number =>
  32 * 32 * (3 + 64 + 64) + 16 * 16 * (64 + 32 + 32) + 8 * 8 * (32 + 16 + 16) + 1024 + 512 + 64 + 10
