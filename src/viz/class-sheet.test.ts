import { expect, test } from 'vitest'
import { drawClassSheet } from './class-sheet.js'
import { textWidth } from './svg/text.js'

const pixels = (level: number) => ({
  width: 4,
  height: 4,
  channels: 1 as const,
  data: new Uint8Array(16).fill(level),
})
const some = (count: number) => Array.from({ length: count }, (_, i) => pixels(i))
const caption = 'Some of each.'

const sheet = {
  title: 'Pictures in photos',
  classes: [
    { name: 'cat', count: 1200, pictures: some(12) },
    { name: 'dog <b>', count: 2, pictures: some(2) },
    { name: 'empty', count: 0, pictures: [] },
  ],
  caption,
}

const textsOf = (svg: string) => [...svg.matchAll(/>([^<]*)<\/text>/g)].map(([, text]) => text)

test('each class has its name, its number of pictures, and some of them', () => {
  const { svg } = drawClassSheet(sheet)
  expect(textsOf(svg)).toEqual([
    ...['cat', '1,200 pictures'],
    ...['dog &lt;b&gt;', '2 pictures'],
    ...['empty', 'no picture that can be used'],
    caption,
  ])
  expect(svg.match(/<image /g)).toHaveLength(14)
})

test('the text alternative tells what is there, and what of it is drawn', () => {
  expect(drawClassSheet(sheet).description).toBe(
    'cat: 1,200 pictures, 12 drawn. dog <b>: 2 pictures. empty: no picture that can be used. Some of each.',
  )
})

test('classes that are not drawn are counted, in sight and in the text alternative', () => {
  const drawing = drawClassSheet({ ...sheet, more: 70 })
  const sentence = 'There are 70 more classes, which are not drawn here.'
  expect(textsOf(drawing.svg)).toContain(sentence)
  expect(drawing.description).toContain(sentence)
  expect(drawClassSheet({ ...sheet, more: 1 }).description).toContain(
    'There is 1 more class, which is not drawn here.',
  )
})

test('a long name is cut, and its count stays inside', () => {
  const drawing = drawClassSheet({
    ...sheet,
    classes: [{ name: 'long '.repeat(60), count: 12345, pictures: some(1) }],
  })
  const [name, count] = textsOf(drawing.svg)
  expect(name).toMatch(/^long .*…$/)
  const x = Number(/<text x="([\d.]+)"[^>]*>12,345 pictures/.exec(drawing.svg)![1])
  expect(x).toBeGreaterThan(textWidth(name!, { size: 12, weight: 'bold' }))
  expect(x + textWidth(count!, { size: 11 })).toBeLessThan(drawing.width - 24)
})

test('one class may have many pictures: they go on below', () => {
  const one = (count: number) =>
    drawClassSheet({ ...sheet, classes: [{ name: 'cat', count, pictures: some(count) }] })
  expect(one(36).height - one(24).height).toBe(one(24).height - one(12).height)
  expect(one(36).height).toBeGreaterThan(one(24).height + 50)
  expect(one(36).width).toBe(one(1).width)
})

test('the sheet looks as it did', async () => {
  await expect(drawClassSheet(sheet).svg).toMatchFileSnapshot('goldens/class-sheet.svg')
})
