import { expect, test } from 'vitest'
import { fovea } from './capture.js'

/** The tutorial's table: name, output shape, parameters. */
const tutorialTable = [
  'conv2d (Conv2D)              (None, 32, 32, 64)        1792      ',
  'conv2d_1 (Conv2D)            (None, 32, 32, 64)        36928     ',
  'max_pooling2d (MaxPooling2D) (None, 16, 16, 64)        0         ',
  'conv2d_2 (Conv2D)            (None, 16, 16, 32)        18464     ',
  'conv2d_3 (Conv2D)            (None, 16, 16, 32)        9248      ',
  'max_pooling2d_1 (MaxPooling2 (None, 8, 8, 32)          0         ',
  'conv2d_4 (Conv2D)            (None, 8, 8, 16)          4624      ',
  'conv2d_5 (Conv2D)            (None, 8, 8, 16)          2320      ',
  'flatten (Flatten)            (None, 1024)              0         ',
  'dense (Dense)                (None, 512)               524800    ',
  'dense_1 (Dense)              (None, 64)                32832     ',
  'dense_2 (Dense)              (None, 10)                650       ',
].join(`\n${'_'.repeat(65)}\n`)

test("summary prints the tutorial's table, to the letter", async () => {
  const { out, exitCode } = await fovea('summary')
  expect(exitCode).toBe(0)
  expect(out).toContain(`\n${tutorialTable}\n`)
  expect(out).toContain('Total params: 631,658\nTrainable params: 631,658\nNon-trainable params: 0\n')
})

test('summary knows the other networks, the other style and more columns', async () => {
  expect((await fovea('summary --model dense')).out).toContain('Total params: 1,707,274')
  expect((await fovea('summary --style keras3')).out).toContain('┃ Layer (type) ')
  const wide = (await fovea('summary --wide')).out
  expect(wide).toContain('37,748,736') // multiply-adds of the second convolution
})

test("trace gives the tutorial's example of sizes", async () => {
  const { out } = await fovea('trace --model dimensions')
  const sizes = [...out.matchAll(/→ (\S+)/g)].map(([, size]) => size)
  expect(sizes).toEqual(['28×28×16', '14×14×16', '14×14×8', '7×7×8', '5×5×4', '100', '50', '10'])
})

test.each([
  ['summary --model tutoral', 'Unknown model "tutoral".\n  Did you mean "tutorial"?'],
  ['summary --style keras', 'Did you mean "keras3"?'],
  [
    'trace --model vgg',
    'Unknown model "vgg".\n  Known: tutorial, dense, small, dimensions, resnet, tutorial-mended, quick, strong.',
  ],
  ['sumary', "error: unknown command 'sumary'\n(Did you mean summary?)"],
  ['summary --stile classic', "error: unknown option '--stile'\n(Did you mean --style?)"],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
  expect(err).not.toContain('    at ') // no stack trace
})

test('help and version are no errors', async () => {
  const help = await fovea('--help')
  expect(help.exitCode).toBe(0)
  for (const command of ['train', 'evaluate', 'predict', 'summary', 'trace', 'explain', 'data', 'start'])
    expect(help.out).toContain(`\n  ${command} `)
  expect((await fovea('--version')).out).toMatch(/^\d+\.\d+\.\d+$/)
})
