import { expect, test } from 'vitest'
import { type Chart, drawChart } from './chart.js'
import { asciiGlyphs, unicodeGlyphs } from './glyphs.js'
import { sideBySide, wrapWords } from './side-by-side.js'

const chart: Chart = {
  title: 'Loss',
  epochs: [1, 2, 3, 4, 5],
  training: [4, 3, 2, 1, 0],
  validation: [4, 2, 2, 3, 4],
  best: { epoch: 2, value: 2 },
  onset: 2,
  values: [0, 4],
  log: false,
  write: String,
}
const style = { columns: 48, rows: 5, glyphs: asciiGlyphs, colour: (text: string) => text }

test('training is a line, validation letters; best and onset are marked', () => {
  expect(drawChart(chart, style).map(line => line.trimEnd())).toEqual([
    'Loss',
    '     4 +ooo**:          ooooo o validation 4',
    '       |   oo****   oooo',
    '     2 +     @oooooo*',
    '       |     :       ****',
    '     0 +     :           **** * training 0',
    '       +---------------------',
    '        1       epoch       5',
    '             ^ overfitting starts (epoch 2)',
  ])
})

test('with braille a line is finer than a letter', () => {
  const lines = drawChart(
    { ...chart, validation: [], best: null, onset: null },
    { ...style, glyphs: unicodeGlyphs },
  )
  expect(lines[1]!.slice(8, 29)).toMatch(/^[\u2801-\u28ff]+ *$/)
  const columns = lines.slice(1, 6).map(line => line.slice(8, 29))
  // From the top left to the bottom right: each row's dots are to the right of those above.
  const starts = columns.map(text => text.search(/[\u2801-\u28ff]/))
  expect(starts).toEqual([...starts].sort((a, b) => a - b))
  expect(new Set(starts).size).toBe(5)
})

test('gaps stay gaps, one epoch is a point', () => {
  const gap = drawChart(
    { ...chart, training: [4, Number.NaN, 2, 1, 0], validation: [], best: null, onset: null },
    style,
  )
  expect(gap[1]!.slice(8, 29).trim()).toBe('*')
  const one = { ...chart, epochs: [1], training: [2], validation: [1], best: null, onset: null }
  expect(drawChart(one, style).join('').split('*')).toHaveLength(3)
})

test('names at the ends never share a row', () => {
  const same = drawChart({ ...chart, validation: [4, 3, 2, 1, 0], best: null }, style)
  expect(same.filter(line => line.includes('training'))).toHaveLength(1)
  expect(same.filter(line => line.includes('validation'))).toHaveLength(1)
})

test('blocks beside each other are aligned, colours aside', () => {
  expect(
    sideBySide(
      [
        ['\u001b[34mab\u001b[39m', 'c'],
        ['x', 'y', 'z'],
      ],
      4,
    ),
  ).toEqual(['\u001b[34mab\u001b[39m    x', 'c     y', '      z'])
  expect(wrapWords('one two three', 8)).toBe('one two\nthree')
})
