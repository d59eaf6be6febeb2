import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Drawing } from '../../viz/svg/drawing.js'
import { label, textWidth } from '../../viz/svg/text.js'
import { renderPng } from '../save-drawing.js'
import { drawLabel } from './label-picture.js'
import { liftLabels } from './lift-labels.js'
import { unknownToSystem } from './system-fonts.js'

const svgOf = (body: string) =>
  new Drawing({ width: 200, height: 60, title: 'T 猫', description: 'D 猫', body }).toSvg({ theme: 'light' })

/** Where something dark is, in units: of the labels of the drawings above. */
async function inkedIn(svg: string) {
  const { data, info } = await sharp(await renderPng(svg, 4))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const dark = [...data.keys()].filter(i => data[i]! < 128)
  const columns = dark.map(i => i % info.width)
  const rows = dark.map(i => Math.floor(i / info.width))
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b)) / 4
  const most = (values: readonly number[]) => (values.reduce((a, b) => Math.max(a, b)) + 1) / 4
  return { left: least(columns), right: most(columns), top: least(rows), bottom: most(rows) }
}

test('a drawing whose letters Arimo has stays as it is, whatever is in its title', async () => {
  const svg = svgOf(label(10, 30, 'Käse собака שלום Σ × →'))
  expect(await liftLabels(svg, 2)).toEqual({ svg, missing: [] })
})

test('what no font has stays a box, and is named', async () => {
  const svg = svgOf(label(10, 30, 'cat \u{10fffd}\u{10fffd}'))
  expect(await liftLabels(svg, 2)).toEqual({ svg, missing: ['\u{10fffd}'] })
})

test('a label as a picture lies where it would lie as text', async () => {
  const size = 40
  const picture = await drawLabel({ markup: 'Hxg', size, weight: 'bold', colour: '#000000' })
  const { left, right, top, bottom } = await inkedIn(svgOf(label(10, 45, 'Hxg', { size, weight: 'bold' })))
  const { x, y, width, height } = picture!
  expect(x).toBeGreaterThan(left - 10 - 2)
  expect(x).toBeLessThan(left - 10 + 2)
  expect(Math.abs(x + width - (right - 10))).toBeLessThan(2)
  expect(Math.abs(y - (top - 45))).toBeLessThan(2)
  expect(Math.abs(y + height - (bottom - 45))).toBeLessThan(2)
})

/** A letter that this machine has a font for and Arimo has not. */
const candidates = ['ق', '猫', 'ก', 'क', '☠', 'ა', 'Ա']
const unknown = await unknownToSystem(candidates)
const letter = candidates.find(candidate => !unknown.includes(candidate))

test.skipIf(letter === undefined)(
  'a label with a letter of another font becomes a picture in its place',
  async () => {
    const body = (anchor: 'start' | 'middle' | 'end', x: number) =>
      label(x, 40, `HH ${letter} HH`, { size: 20, anchor })
    const svg = svgOf(body('start', 10) + label(10, 58, 'cat', { size: 10 }))
    const { svg: lifted, missing } = await liftLabels(svg, 2)
    expect(missing).toEqual([])
    expect(lifted.match(/<image /g)).toHaveLength(1)
    expect(lifted).toContain('>cat</text>')
    expect(lifted).not.toContain(letter)

    const start = await inkedIn(svgOf(body('start', 10)))
    const bearing = 1.6 // of an H: 0.08 sizes
    expect(Math.abs(start.left - 10 - bearing)).toBeLessThan(0.8)
    const length = start.right + bearing - 10
    expect(length).toBeGreaterThan(textWidth('HH  HH', { size: 20 }))
    const end = await inkedIn(svgOf(body('end', 190)))
    expect(Math.abs(end.right - 190)).toBeLessThan(bearing + 0.8)
    const middle = await inkedIn(svgOf(body('middle', 100)))
    expect(Math.abs((middle.left + middle.right) / 2 - 100)).toBeLessThan(1.5)
  },
)
