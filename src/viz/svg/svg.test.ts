import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grey, inkOn, sequential } from './color-scales.js'
import { beside, Drawing, pathThrough, stacked } from './drawing.js'
import { el, escapeText } from './element.js'
import { linearScale, logScale, niceTicks } from './scales.js'
import { fitText, textWidth, wrapText } from './text.js'
import { inks, paint, series, styleSheet } from './theme.js'

const drawing = (width: number, height: number, body = '') =>
  new Drawing({ width, height, title: `${width}`, description: 'What is seen.', body })

test('elements are escaped, short, and leave out what is undefined', () => {
  expect(el('a', { x: 1 / 3, y: undefined, t: '"<&>' })).toBe('<a x="0.33" t="&quot;&lt;&amp;&gt;"/>')
  expect(el('g', {}, el('b'))).toBe('<g><b/></g>')
  expect(escapeText('a\u0000b\u001fc')).toBe('abc')
})

test('a drawing says what it shows, and is dark where the reader prefers that', () => {
  const { svg } = drawing(10, 20, '<g/>')
  expect(svg).toContain('viewBox="0 0 10 20"')
  expect(svg).toContain('<title>10</title><desc>What is seen.</desc>')
  expect(svg).toContain('aria-label="10. What is seen."')
  expect(svg).toContain(`@media (prefers-color-scheme:dark){.f-paper{fill:${inks.paper.dark}}`)
  expect(drawing(1, 1).toSvg({ theme: 'light' })).not.toContain('dark')
  expect(drawing(1, 1).toSvg({ theme: 'dark' })).not.toContain('prefers-color-scheme')
  expect(styleSheet('dark')).toContain(`.f-paper{fill:${inks.paper.dark}}`)
})

test('compositions are as large as their parts', () => {
  const row = beside([drawing(10, 20, 'A'), drawing(30, 5, 'B')], { title: 'row', gap: 4 })
  expect([row.width, row.height]).toEqual([44, 20])
  expect(row.body).toContain('<g transform="translate(14 0)">B</g>')
  expect(row.description).toBe('What is seen. What is seen.')
  const column = stacked([drawing(10, 20, 'A'), drawing(30, 5, 'B')], {
    title: 'column',
    gap: 4,
    heading: 'H',
  })
  expect([column.width, column.height]).toEqual([30, 59])
  expect(column.body).toContain('<g transform="translate(0 54)">B</g>')
})

test('inks are attributes and classes', () => {
  expect(paint({ fill: 'ink', stroke: 'line' })).toEqual({
    fill: inks.ink.light,
    stroke: inks.line.light,
    class: 'f-ink s-line',
  })
  expect(paint({ fill: 'none' })).toEqual({ fill: 'none' })
  expect(series(7)).toBe('series1')
})

/** WCAG 2.2's contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map(at => {
      const level = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

test('whatever may be text has the contrast that text needs, on both grounds', () => {
  const { paper, panel, grid, faint, ...texts } = inks
  for (const [name, ink] of Object.entries(texts))
    for (const side of ['light', 'dark'] as const)
      for (const ground of [paper, panel])
        expect(contrast(ink[side], ground[side]), `${name}, ${side}`).toBeGreaterThan(4.5)
  expect(grid.light).not.toBe(faint.light)
})

test('text on a colour is of the better contrast', () => {
  for (let t = 0; t <= 1; t += 0.05)
    for (const colour of [sequential(t), grey(t)]) {
      const other = inkOn(colour) === '#000000' ? '#ffffff' : '#000000'
      expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(contrast(other, colour) - 0.3)
    }
})

test('colour scales go from end to end and keep to it', () => {
  expect([sequential(-1), sequential(0), sequential(1), sequential(2)]).toEqual([
    '#00224e',
    '#00224e',
    '#fee838',
    '#fee838',
  ])
  expect([grey(0), grey(1), grey(Number.NaN)]).toEqual(['#000000', '#ffffff', '#000000'])
})

test('scales meet their ends', () => {
  expect(linearScale([0, 10], [100, 0])(2.5)).toBe(75)
  expect(linearScale([3, 3], [0, 10])(3)).toBe(5)
  expect(logScale([1, 100], [0, 10])(10)).toBeCloseTo(5, 12)
})

test('ticks are round, even, within, and about as many as asked for', () => {
  expect(niceTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(niceTicks(1.4, 2.4, 5)).toEqual([1.4, 1.6, 1.8, 2, 2.2, 2.4])
  expect(niceTicks(5, 5)).toEqual([5])
  const ends = fc.tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  )
  fc.assert(
    fc.property(ends, ([from, extent]) => {
      const ticks = niceTicks(from, from + extent, 5)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(9)
      const slack = extent * 1e-6
      expect(ticks[0]!).toBeGreaterThanOrEqual(from - slack)
      expect(ticks.at(-1)!).toBeLessThanOrEqual(from + extent + slack)
    }),
  )
})

test('texts are measured with the widths of Arimo, wrapped and cut', () => {
  expect(textWidth('Hi', { size: 10 })).toBeCloseTo(7.22 + 2.22, 10)
  expect(textWidth('Hi', { size: 10, weight: 'bold' })).toBeCloseTo(7.22 + 2.78, 10)
  expect(wrapText('one two three', textWidth('one two'))).toEqual(['one two', 'three'])
  expect(fitText('a long name', 30, { size: 10 })).toMatch(/^a.*…$/)
  expect(textWidth(fitText('a long name', 30, { size: 10 }), { size: 10 })).toBeLessThanOrEqual(30)
})

test('letters of other alphabets are measured, too, and those that other fonts draw are estimated', () => {
  const width = (text: string) => textWidth(text, { size: 10 })
  expect(width('собака')).toBeCloseTo(5 + 5.56 + 5.73 + 5.56 + 4.38 + 5.56, 10)
  expect(width('é')).toBe(width('e'))
  expect(width('й'.normalize('NFD'))).toBe(width('и'))
  expect(width('猫')).toBe(10)
  expect(width('고양이'.normalize('NFD'))).toBe(30)
  expect(width('🐱')).toBe(13)
  expect(width('👨‍👩‍👧')).toBe(13)
  expect(width('कि')).toBeLessThan(2 * width('猫'))
})

test('a text is cut between characters, never within one', () => {
  const family = '👨‍👩‍👧'
  expect(fitText(family.repeat(5), 40, { size: 10 })).toBe(`${family.repeat(2)}…`)
  expect(fitText('e\u0301'.repeat(9), 27, { size: 10 })).toBe(`${'e\u0301'.repeat(3)}…`)
  expect(fitText('قطط كثيرة جدا', 50, { size: 10 })).toMatch(/^قطط.*…$/)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 12, max: 90 }), (text, room) => {
      const fitted = fitText(text, room)
      expect(fitted).not.toMatch(/\p{Surrogate}/u)
      expect(textWidth(fitted)).toBeLessThanOrEqual(room)
    }),
  )
})

test('a path has a gap where a number is missing', () => {
  expect(
    pathThrough([
      [0, 0],
      [1, 1],
      [2, Number.NaN],
      [3, 3],
      [4, 4],
    ]),
  ).toBe('M0 0L1 1M3 3L4 4')
})
