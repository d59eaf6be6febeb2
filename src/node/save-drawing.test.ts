import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Drawing } from '../viz/svg/drawing.js'
import { el } from '../viz/svg/element.js'
import { label, textWidth } from '../viz/svg/text.js'
import { saveDrawing } from './save-drawing.js'

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

test('another ending is refused, and nothing is written', async () => {
  const path = join(folder, 'a.bmp')
  await expect(saveDrawing(drawing, path)).rejects.toThrow('a drawing cannot be written as ".bmp"')
  expect(existsSync(path)).toBe(false)
})
