import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo, fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

/** Red rises downwards, green to the right, blue is even. */
const pixel = (row: number, column: number) => [3 * row, 2 * column, 90]

beforeAll(async () => {
  const draw = async (height: number, width: number, path: string) => {
    const data = Buffer.from(
      Array.from({ length: height * width }, (_, i) =>
        pixel(Math.floor(i / width) % 80, (i % width) % 80),
      ).flat(),
    )
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(path)
  }
  await draw(20, 24, 'photo.png')
  await draw(100, 400, 'wide.png')
})

/** Runs a command with words that hold blanks. */
async function explain(...words: string[]) {
  const { io, out, err } = captureIo()
  const exitCode = await run(['explain', ...words], io)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

test("explain convolution prints the tutorial's three steps, with their numbers", async () => {
  const { exitCode, out } = await fovea('explain convolution')
  expect(exitCode).toBe(0)
  expect(out.split('\n')[0]).toBe('Input 5×5; filter 3×3; padding valid → output 3×3')
  expect(out).toContain(`Step 2 of 9: output row 0, column 1
Input                      Filter        Output
  62 [ 58   64   71 ] 80     0  -1   0    -74 [-96 ]  ·
  56 [ 30   26   60 ]120    -1   5  -1      ·    ·    ·
  70 [ 84   72  140 ]155     0  -1   0      ·    ·    ·
  96  110  118   98  148
 104  115  121  127  160
0·58 + -1·64 + 0·71 + -1·30 + 5·26 + -1·60 + 0·84 + -1·72 + 0·140 = -96`)
  expect(out.match(/= (-\d+)$/gm)).toEqual(['= -74', '= -96', '= -43'])
})

test('numbers, filter, bias and strides of the reader', async () => {
  const { out } = await explain(
    ...['convolution', '--input', '1 2 3, 4; 5 6 7 8; 9 10 11 12', '--kernel', '-1 0.5', '--at', '1,1'],
    ...['--bias', '-2', '--strides', '2'],
  )
  expect(out).toContain('Input 3×4; filter 1×2; padding valid, strides 2 → output 2×2')
  expect(out).toContain('Step 4 of 4: output row 1, column 1')
  expect(out).toContain('-1·11 + 0.5·12 + (-2) (bias) = -7')
})

test('a picture: three channels with a sum each, and all of them', async () => {
  const { out } = await fovea('explain convolution photo.png --filter sobel-y --at 3,4 --tones range')
  expect(out).toContain('Input 20×24, 3 channels; filter 3×3; padding valid → output 18×22')
  // Two rows further down red is 6 more; the filter's columns weigh 1, 2 and 1.
  expect(out).toMatch(/^red: .* = 24$/m)
  expect(out).toMatch(/^green: .* = 0$/m)
  expect(out).toMatch(/^all: 24 \+ 0 \+ 0 = 24$/m)
  expect(out).toContain('All values are 24, shown as mid grey.')
})

test('a large picture is shrunk in proportion, and that is said; --size chooses', async () => {
  const { out } = await fovea('explain convolution wide.png')
  expect(out).toContain('wide.png: resized from 100×400 to 64×256')
  expect(31 * 254 + 127 + 1).toBe(8002)
  expect(out).toContain('Step 8,002 of 15,748: output row 31, column 127')
  expect((await fovea('explain convolution wide.png --size 10x12')).out).toMatch(/^Input 10×12, 3 channels/)
})

test('writes drawings, a page to play with, and data', async () => {
  const { out } = await fovea('explain convolution -o steps.svg')
  expect(out).toBe(
    'Wrote steps.svg\nInput 5×5; filter 3×3; padding valid → output 3×3. Step 1 (row 0, column 0) gives -74. Step 2 (row 0, column 1) gives -96. Step 9 (row 2, column 2) gives -43.',
  )
  expect(readFileSync('steps.svg', 'utf8')).toContain('Step 9 of 9')
  await fovea('explain convolution --theme dark -o dark.svg')
  expect(readFileSync('dark.svg', 'utf8')).not.toContain('prefers-color-scheme')
  await fovea('explain convolution --at 1,2 -o page.html')
  const page = readFileSync('page.html', 'utf8')
  expect(page).toContain('data-part="slider"')
  expect(page).toContain('Step 6 of 9')
  expect(page).not.toMatch(/(src|href)="(?!data:|#)/)
  await fovea('explain convolution photo.png -o photo.html')
  expect(readFileSync('photo.html', 'utf8')).not.toContain('<script')
  await fovea('explain convolution -o output.csv')
  expect(readFileSync('output.csv', 'utf8')).toBe(
    'column 0,column 1,column 2\n-74,-96,-57\n138,-8,315\n137,189,-43\n',
  )
  await fovea('explain convolution --at 2,2 -o output.json')
  const { steps } = JSON.parse(readFileSync('output.json', 'utf8')) as { steps: { sum: number }[] }
  expect(steps.map(({ sum }) => sum)).toEqual([-43])
})

test('explain pooling prints the three results, or says the sizes of a picture', async () => {
  const { out } = await fovea('explain pooling')
  expect(out).toBe(`4×4 → 2×2: a quarter of the numbers

Input                 max         average         min
  31   57  114  105     96  182     65.5    119     31   75
  96   78  182   75     67  203       37  175.5     12  141
  12   44  203  160
  67   25  141  198`)
  expect((await fovea('explain pooling photo.png --window 4 -o pooled.png')).out).toBe(
    'Wrote pooled.png\n20×24 → 5×6: 1 in 16 of the numbers. Of each window max keeps the largest, average the mean, min the smallest.',
  )
  await explain('pooling', '--input', '1 2 3; 4 5 6; 7 8 9', '--padding', 'same', '-o', 'pooled.csv')
  expect(readFileSync('pooled.csv', 'utf8')).toContain('average,0,1,7.5,9\n')
  await fovea('explain pooling -o pooled.json')
  expect(JSON.parse(readFileSync('pooled.json', 'utf8'))).toMatchObject({
    max: [
      [
        [96, 182],
        [67, 203],
      ],
    ],
  })
})

test('explain padding fills in the formulas', async () => {
  expect((await fovea('explain padding')).out).toBe(`padding "valid": 5×5 → 3×3
  D − N + 1 = 5 − 3 + 1 = 3
  No margin: the filter stays inside the picture.
padding "same": 5×5 → 5×5
  ⌈D / s⌉ = ⌈5 / 1⌉ = 5
  Margin of zeros: top 1, bottom 1, left 1, right 1.`)
  expect((await fovea('explain padding --size 6x7 --kernel 2 --strides 2 -o padding.svg')).out).toContain(
    'width: ⌊(D − N) / s⌋ + 1 = ⌊(7 − 2) / 2⌋ + 1 = 3',
  )
  expect(readFileSync('padding.svg', 'utf8')).toContain('padding &quot;same&quot;: 6×7 → 3×4')
})

test.each([
  [['convolution', '--filter', 'sharpn'], 'Unknown filter "sharpn".\n  Did you mean "sharpen"?'],
  [['convolution', '--kernel', '1 2; 3'], '--kernel: the first row has 2 numbers, but row 2 has 1 number.'],
  [['convolution', '--kernel', '1 x'], '--kernel: "x" is not a number.'],
  [['convolution', '--input', ' ; '], '--input should hold rows of numbers, but is empty.'],
  [['convolution', '--input', '1 2'], 'a kernel of 3×3 with padding "valid" does not fit an input of 1×2.'],
  [['convolution', '--at', '3,0'], 'there is no output cell at row 3, column 0.\n  The output is 3×3'],
  [['convolution', '--at', 'middle'], '--at should be a row and a column, counted from 0, but is "middle".'],
  [['convolution', '--filter', 'blur', '--kernel', '1'], '--filter and --kernel cannot both be used.'],
  [['convolution', 'photo.png', '--input', '1'], 'photo.png and --input cannot both be used.'],
  [['convolution', '--padding', 'sane'], 'Unknown padding "sane".\n  Did you mean "same"?'],
  [['convolution', '--bias', 'much'], '--bias should be a number, but is "much".'],
  [['convolution', '--tones', 'shfit'], 'Did you mean "shift"?'],
  [['convolution', '--theme', 'drak'], 'Did you mean "dark"?'],
  [['convolution', '-o', 'steps.gif'], '-o steps.gif: it is not clear from the name'],
  [['convolution', 'nothing.png'], 'nothing.png: there is no such file.'],
  [['convolution', 'photo.png', '--size', '0x3'], '--size should be a height and a width of 1 to 4096'],
  [['pooling', '--window', '5'], 'a window of 5×5 does not fit an input of 4×4.'],
  [['padding', '--kernel', '9'], 'a filter of 9×9 does not fit a picture of 5×5.'],
  [['padding', '-o', 'padding.csv'], 'Give a name that ends in .svg, .png, .html, .json.'],
])('explain %j is refused', async (words, message) => {
  const { exitCode, out, err } = await explain(...words)
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain(message)
})
