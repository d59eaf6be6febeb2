import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layers, Sequential, saveModel } from '../../src/index.node.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

test('plot model without a file draws boxes on the terminal', async () => {
  const { exitCode, out } = await fovea('plot model --model dense --activations --show-params')
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  expect(lines.slice(0, 6)).toEqual([
    '┌───────────────────────────────────┐',
    '│ flatten_input (InputLayer)        │',
    '│ (None, 32, 32, 3)                 │',
    '│ 0 parameters                      │',
    '└─────────────────┬─────────────────┘',
    '                  │',
  ])
  expect(lines[6]).toBe('                  ▼')
  expect(out).toContain('│ dense (Dense) · relu              │')
  // 32 · 32 · 3 pixels to 512 numbers.
  expect(out).toContain(`│ ${(3072 * 512 + 512).toLocaleString('en-US')} parameters`)
  expect(new Set(lines.filter(line => line.startsWith('│')).map(line => line.length))).toEqual(new Set([37]))
  expect(lines.at(-1)).toBe('└───────────────────────────────────┘')
})

test('plot model writes what the name asks for and says what is to be seen', async () => {
  const { out } = await fovea('plot model -o model.svg --style keras3 --theme dark')
  expect(out).toMatch(/^Wrote model\.svg\nFrom top to bottom, 12 layers from .* with 631,658 parameters\.$/)
  const svg = readFileSync('model.svg', 'utf8')
  expect(svg).toContain('Output shape: ')
  expect(svg).not.toContain('prefers-color-scheme')
  await fovea('plot model -o bare.svg --no-shapes --no-names --rankdir LR')
  expect(readFileSync('bare.svg', 'utf8')).not.toMatch(/None, 32, 32, 3\)\]?<\/text>|conv2d_1/)
  await fovea('plot model -o model.json')
  const { nodes, edges } = JSON.parse(readFileSync('model.json', 'utf8'))
  expect([nodes.length, edges.length]).toEqual([13, 12])
  await fovea('plot model -o model.png')
  expect(readFileSync('model.png').subarray(1, 4).toString()).toBe('PNG')
})

test("a model file's network is drawn as well", async () => {
  const model = new Sequential([layers.dense({ units: 2, name: 'only', inputShape: [3] })])
  await saveModel(model, 'own.safetensors')
  expect((await fovea('plot model own.safetensors')).out).toContain('│ only (Dense)')
  expect((await fovea('explain shapes own.safetensors')).out).toMatch(
    /\nonly +3 +2 +8 +100\.0 % +6 +100\.0 % /,
  )
})

test("explain shapes prints the tutorial's chain with shares, and a sentence", async () => {
  const { exitCode, out } = await fovea('explain shapes')
  expect(exitCode).toBe(0)
  const [table, sentence] = out.split('\n\n')
  const rows = table!.split('\n').map(line => line.split(/ {2,}/))
  expect(rows[3]).toEqual(
    ['conv2d', '32×32×3', '28×28×16', '32 − 5 + 1 = 28', '1,216', '14.8 %', '940,800', '79.8 %'].concat([
      '49.00 KB',
      '59.8 %',
    ]),
  )
  // 100 · 50 + 50 of 8,228.
  expect(sentence).toMatch(/^dense holds 61\.4 % of the parameters \(5,050 of 8,228\)/)
})

test('explain shapes writes drawings and data', async () => {
  const { out } = await fovea('explain shapes --model tutorial -o shapes.svg --width 360')
  expect(out).toMatch(/^Wrote shapes\.svg\ndense holds 83\.1 % of the parameters .* conv2d_1 does 79\.3 % /)
  const svg = readFileSync('shapes.svg', 'utf8')
  expect(svg).toContain('viewBox="0 0 360 ')
  expect(svg).toContain('83.1 % · 524,800 parameters')
  await fovea('explain shapes -o shapes.csv')
  const lines = readFileSync('shapes.csv', 'utf8').trim().split('\n')
  expect(lines).toHaveLength(10)
  expect(lines[2]).toMatch(/^conv2d,Conv2D,32×32×3,28×28×16,32 − 5 \+ 1 = 28,1216,0\.1477/)
  await fovea('explain shapes -o shapes.json')
  expect(JSON.parse(readFileSync('shapes.json', 'utf8')).totals.parameters).toBe(8228)
})

test.each([
  ['plot model --model tutoral', 'Did you mean "tutorial"?'],
  ['plot model --style kears3', 'Did you mean "keras3"?'],
  ['plot model --rankdir RL', 'Unknown rankdir "RL".'],
  ['plot model -o model.svg --theme drak', 'Did you mean "dark"?'],
  ['plot model -o model.pdf', '-o model.pdf: it is not clear from the name what should be written.'],
  ['plot model nowhere', 'nowhere: there is no such file or folder.'],
  [
    'plot model run --model small',
    'plot model: there is one network to be drawn, but --model small and run were given.',
  ],
  [
    'explain shapes run --model small',
    'explain shapes: there is one network to be drawn, but --model small and run',
  ],
  ['explain shapes --width 10', '--width should be a whole number of at least 320'],
  ['explain shaeps', '(Did you mean shapes?)'],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
})
