import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { hearNotices } from '../../src/base/notices.js'
import { lackedByArimo } from '../../src/node/fonts/arimo.js'
import { renderPng } from '../../src/node/save-drawing.js'
import { el } from '../../src/viz/svg/element.js'
import { fontFamily, label } from '../../src/viz/svg/text.js'

// Every letter of every drawing that is kept as an example is in the font that PNG files are drawn with: the font's table
// says so, and so do pixels.

const source = fileURLToPath(new URL('../../src', import.meta.url))

const goldens = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(path =>
  /goldens\/[^/]*\.svg$/.test(path),
)

/** Texts of an SVG, entities aside: those stand for letters that every font has. */
const lettersOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].flatMap(match => [...match[1]!])

const drawn = (letter: string): Promise<Uint8Array> =>
  renderPng(
    el(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: '0 0 40 40',
        width: 40,
        height: 40,
        'font-family': fontFamily,
      },
      label(10, 30, letter, { size: 20 }),
    ),
  )

test('no drawing has a letter that its font lacks', async () => {
  const letters = new Set(goldens.flatMap(path => lettersOf(readFileSync(join(source, path), 'utf8'))))
  const done = hearNotices(() => {}) // It is said that nobody has the letter below.
  const box = Buffer.from(await drawn('\u{10fffd}')) // nobody's letter: a box is drawn
  expect(Buffer.from(await drawn('A')).equals(box)).toBe(false)
  done()
  const missing: string[] = []
  for (const letter of letters) if (Buffer.from(await drawn(letter)).equals(box)) missing.push(letter)
  expect(letters.size).toBeGreaterThan(0)
  expect(missing).toEqual([])
  expect(await lackedByArimo([...letters].join(''))).toEqual([])
})
