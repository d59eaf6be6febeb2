import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearNotices } from '../base/notices.js'
import { Drawing } from '../viz/svg/drawing.js'
import { el } from '../viz/svg/element.js'
import { label, textWidth } from '../viz/svg/text.js'
import { renderPng, saveDrawing } from './save-drawing.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fovea-drawing-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const text = 'Feature maps 5 − 3 + 1'
const drawing = new Drawing({
  width: 200,
  height: 60,
  title: 'A drawing',
  description: 'It says something.',
  body: el('rect', { x: 150, y: 0, width: 50, height: 60, fill: '#ff0000' }) + label(10, 30, text),
})

test('an SVG file is the text of the drawing, a page holds it', async () => {
  await saveDrawing(drawing, join(folder, 'a.svg'))
  expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toBe(drawing.svg)
  await saveDrawing(drawing, join(folder, 'a.html'))
  const page = readFileSync(join(folder, 'a.html'), 'utf8')
  expect(page).toContain(drawing.toInlineSvg())
  expect(page).toContain('<p>It says something.</p>')
})

test('a PNG has two pixels a unit, and letters as wide as measured', async () => {
  const path = join(folder, 'a.PNG')
  await saveDrawing(drawing, path)
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([400, 120])
  const isDark = (x: number) =>
    Array.from({ length: 120 }, (_, y) => data[(y * 400 + x) * 3]!).some(red => red < 128)
  const inked = Array.from({ length: 300 }, (_, x) => x).filter(isDark)
  expect(Math.abs(inked.at(-1)! / 2 - (10 + textWidth(text)))).toBeLessThan(3)
  expect([...data.subarray((60 * 400 + 390) * 3, (60 * 400 + 390) * 3 + 3)]).toEqual([255, 0, 0])
})

test('letters that nobody draws are said once, with what to do', async () => {
  const heard: string[] = []
  const done = hearNotices(sentence => heard.push(sentence))
  try {
    const odd = new Drawing({ ...drawing, body: label(10, 30, '\u{10fffd}') })
    await saveDrawing(odd, join(folder, 'odd.svg'))
    expect(heard).toEqual([])
    await saveDrawing(odd, join(folder, 'odd.png'))
    await saveDrawing(odd, join(folder, 'again.png'))
  } finally {
    done()
  }
  expect(heard).toHaveLength(1)
  expect(heard[0]).toContain(
    `${join(folder, 'odd.png')}: no font on this machine draws \u{10fffd} (U+10FFFD)`,
  )
  expect(heard[0]).toContain('Save it as .svg or .html')
})

test('whatever the letters are, there is a picture', async () => {
  const done = hearNotices(() => {})
  const hard = [
    '\u202eقط cat',
    'cat\ud83d',
    '\u0301\u0301',
    '👨‍👩‍👧',
    '&amp; <b>猫</b>',
    '\u0000\ufffe',
    'कुत्ता\u200d',
  ]
  const texts = fc.oneof(fc.constantFrom(...hard), fc.string({ unit: 'binary' }))
  await fc.assert(
    fc.asyncProperty(texts, async text => {
      const png = await renderPng(new Drawing({ ...drawing, body: label(10, 30, text) }).toSvg(), 1)
      expect((await sharp(png).metadata()).width).toBe(200)
    }),
    { numRuns: 25, examples: hard.map(text => [text]) },
  )
  done()
})

test('another ending is refused, and nothing is written', async () => {
  const path = join(folder, 'a.bmp')
  await expect(saveDrawing(drawing, path)).rejects.toThrow('a drawing cannot be written as ".bmp"')
  expect(existsSync(path)).toBe(false)
})
