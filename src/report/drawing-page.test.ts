import { expect, test } from 'vitest'
import { Drawing } from '../viz/svg/drawing.js'
import { drawingPage } from './drawing-page.js'

const ofWidth = (width: number) =>
  new Drawing({ width, height: 10, title: 'Squares', description: 'Nine <squares>.', body: '' })

test('one drawing, with its description in sight', () => {
  const page = drawingPage(ofWidth(300))
  expect(page).toContain('<h2>Squares</h2>\n<p>Nine &lt;squares&gt;.</p>')
  expect(page.match(/<svg /g)).toHaveLength(1)
  expect(page).not.toContain('<div class="narrow-only">')
})

test('another text, and another drawing for narrow screens', () => {
  const page = drawingPage(ofWidth(900), { lead: 'In short.', narrow: ofWidth(300) })
  expect(page).toContain('<p>In short.</p>')
  expect(page).toMatch(/class="wide-only">.* width="900".*class="narrow-only">.* width="300"/s)
})
