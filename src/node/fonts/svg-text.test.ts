import { expect, test } from 'vitest'
import { Drawing } from '../../viz/svg/drawing.js'
import { el } from '../../viz/svg/element.js'
import { label } from '../../viz/svg/text.js'
import { inks } from '../../viz/svg/theme.js'
import { readText, textElements } from './svg-text.js'

const svgOf = (body: string, theme: 'auto' | 'light' | 'dark' = 'light') =>
  new Drawing({ width: 100, height: 50, title: 'T', description: 'D', body }).toSvg({ theme })

const read = (svg: string) => textElements(svg).map(element => readText(element, svg))

test('texts are found with the letters that are read, without the title', () => {
  const svg = svgOf(
    label(1, 2, 'a & <b> "猫"') + el('text', { x: 1 }, '&#x732b;&#29356;', el('tspan', {}, 'c')),
  )
  expect(textElements(svg).map(({ letters }) => letters)).toEqual(['a    b   猫 ', '猫犬c'])
  expect(textElements(svg).map(({ index, element }) => svg.startsWith(element, index))).toEqual([true, true])
})

test('the labels of our drawings can be read back', () => {
  const [plain, turned] = read(
    svgOf(
      label(1.5, 2, 'cat') +
        label(3, 4, 'a & b', { size: 9, weight: 'bold', anchor: 'end', rotate: -45, colour: '#123456' }),
    ),
  )
  expect(plain).toEqual({
    x: 1.5,
    y: 2,
    size: 12,
    weight: 'normal',
    anchor: 'start',
    transform: undefined,
    colour: inks.ink.light,
    content: 'cat',
  })
  expect(turned).toEqual({
    x: 3,
    y: 4,
    size: 9,
    weight: 'bold',
    anchor: 'end',
    transform: 'rotate(-45 3 4)',
    colour: '#123456',
    content: 'a &amp; b',
  })
})

test('the colour is that of the theme the drawing is written for', () => {
  const body = label(0, 0, 'cat', { ink: 'muted' })
  const colourIn = (theme: 'auto' | 'light' | 'dark') => read(svgOf(body, theme))[0]!.colour
  expect([colourIn('light'), colourIn('dark'), colourIn('auto')]).toEqual([
    inks.muted.light,
    inks.muted.dark,
    inks.muted.light, // nobody can ask a file for its reader's wish
  ])
})

test('bold parts stay bold; other parts, and texts without a size, are not read', () => {
  const text = (inner: string, size?: number) =>
    read(svgOf(el('text', { x: 0, y: 0, 'font-size': size }, inner)))[0]?.content
  expect(text('a <tspan font-weight="700">b</tspan>', 9)).toBe('a <b>b</b>')
  expect(text('a <tspan dx="3">b</tspan>', 9)).toBeUndefined()
  expect(text('a')).toBeUndefined()
})
