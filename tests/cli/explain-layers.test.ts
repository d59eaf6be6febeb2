import { copyFileSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { formatPercent } from '../../src/base/format.js'
import type { Prediction } from '../../src/classify/prediction.js'
import { layers, loadModel, Model, Sequential, saveModel } from '../../src/index.node.js'
import { cifar10 } from '../../src/node/datasets.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

beforeAll(async () => {
  await fovea(
    'train cifar10 --data tiny --model small --optimizer adam --batch-size 10 --epochs 2 --seed 4 --run run',
  )
  await fovea('train cifar10 --data tiny --model dense --batch-size 10 --epochs 1 --run flat')
  await sharp({ create: { width: 90, height: 40, channels: 3, background: { r: 28, g: 28, b: 28 } } })
    .png()
    .toFile('wide.png')
  const bare = new Sequential(
    [
      layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [32, 32, 3] }),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  await saveModel(bare, 'bare.safetensors')
})

/** The cells of a table's line that begins with `layer`. */
const cells = (out: string, layer: string): string[] =>
  out
    .split('\n')
    .find(line => line.startsWith(`${layer} `))!
    .split(/ {2,}/)

test('explain filters counts dead filters of every layer and tells what the first look like', async () => {
  const { exitCode, out } = await fovea('explain filters run')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^run on 30 test pictures\n\nlayer +shape +filters +values +dead before +dead after\n/)
  const { test } = await cifar10({ data: 'tiny' })
  const count = async (model: Model) => {
    const { data } = (await model.activations(test.x, { layers: ['conv2d_2'] })).get('conv2d_2')!
    return Array.from({ length: 32 }, (_, k) => data.every((value, i) => i % 32 !== k || value === 0)).filter(
      Boolean,
    ).length
  }
  const trained = await loadModel('run')
  const wanted = [await count(new Model(trained.network, { seed: 4 })), await count(trained)].map(dead =>
    dead === 0 ? '0' : `${dead} (${((100 * dead) / 32).toFixed(1)} %)`,
  )
  expect(cells(out, 'conv2d_2').slice(4)).toEqual(wanted)
  expect(cells(out, 'max_pooling2d').slice(4)).toEqual(['–', '–'])
  expect(out).toMatch(/\n16 filters of 3×3×3 in "conv2d", before and after training\. One scale for all: /)
})

test('-o writes drawings and data, and says what is to be seen', async () => {
  for (const ending of ['svg', 'png', 'html', 'csv', 'json']) {
    const { exitCode, out } = await fovea(`explain filters run -o filters.${ending}`)
    expect(exitCode).toBe(0)
    expect(out).toMatch(new RegExp(`^Wrote filters.${ending}\n16 filters of 3×3×3`))
  }
  expect(readFileSync('filters.svg', 'utf8').match(/<image /g)).toHaveLength(32)
  expect(readFileSync('filters.csv', 'utf8').split('\n')[1]).toMatch(/^conv2d,Conv2D,32×32×16,16,0,\d/)
  const filters = JSON.parse(readFileSync('filters.json', 'utf8'))
  expect(filters).toMatchObject({ pictures: 30, filters: { layer: 'conv2d', shape: [3, 3, 3, 16] } })
  expect(filters.filters.moved).toHaveLength(16)
  await fovea('explain features run -o features.json')
  const { layers } = JSON.parse(readFileSync('features.json', 'utf8'))
  expect([1, 2, 5]).toContain(Number(String(layers[0].after.unit).replace(/[0.]/g, '')))
  expect(layers[0]).toMatchObject({ layer: 'conv2d', grid: [32, 32, 16], after: { tones: { how: 'shift' } } })
  await fovea('explain focus run -o focus.json')
  const [{ picture, classes }] = JSON.parse(readFileSync('focus.json', 'utf8'))
  expect(picture).toBe('test picture 1 of cifar10: airplane')
  expect(classes).toHaveLength(3)
  expect(classes[0].map.values).toHaveLength(8 * 8)
})

test('explain features shows every layer, or those that are asked for', async () => {
  const { out } = await fovea('explain features run --picture 12')
  expect(out).toMatch(/^test picture 12 of cifar10: automobile\n\nlayer +shape +values before +values /)
  expect(cells(out, 'conv2d_1').at(-1)).toMatch(
    /^One is [\d,.]+ grey levels\. (Not shifted|Shifted by \d+); /,
  )
  const one = await fovea('explain features run --layer conv2d_1 --layer dense --tones symmetric')
  expect(cells(one.out, 'conv2d_1').at(-1)).toMatch(/^0 is mid grey, -[\d.]+ is black and [\d.]+ is white\.$/)
  expect(one.out).not.toContain('max_pooling2d')
  const drawn = await fovea('explain features run --layer conv2d -o features.svg')
  expect(drawn.out).toMatch(
    /^Wrote features\.svg\nWhat 1 layer makes of test picture 1 of cifar10: airplane\. In "conv2d" \d+ of 16 are 0\.$/,
  )
})

test('a picture of another size is resized as in training, and that is said', async () => {
  const said = 'wide.png: 90×40 pixels, resized to 32×32 as in training.'
  for (const command of ['features', 'focus']) {
    const { exitCode, out, err } = await fovea(`explain ${command} run wide.png`)
    expect(exitCode).toBe(0)
    expect(err.split('\n')).toContain(said)
    expect(out).toMatch(/^wide\.png/)
  }
})

test('explain focus tells the likeliest classes, and draws maps on the terminal', async () => {
  const { out } = await fovea('explain focus run wide.png')
  const { answers } = JSON.parse((await fovea('predict run wide.png --json')).out) as Pick<
    Prediction,
    'answers'
  >
  const best = answers.map(({ className, probability }) => `${className} ${formatPercent(probability)}`)
  const lines = out.split('\n')
  expect(lines[0]).toBe('wide.png (HiResCAM at conv2d_2)')
  expect(lines.slice(1, 4).map(line => line.split(':')[0])).toEqual(best)
  expect(lines.slice(-8, -1).every(line => /^│.{16}│ {2}│.{16}│ {2}│.{16}│$/.test(line))).toBe(true)
  const two = await fovea(
    'explain focus run wide.png --class cat --class dog --method gradcam --layer conv2d_1',
  )
  expect(two.out).toMatch(/^wide\.png \(Grad-CAM at conv2d_1\)\ncat \d+\.\d %: .*\ndog \d+\.\d %: /)
})

test('what a model file does not know is left out, and that is said', async () => {
  copyFileSync('run/last.safetensors', 'copy.safetensors')
  expect((await fovea('explain filters copy.safetensors --data tiny')).out).toContain('dead before')
  const own = await fovea('explain features copy.safetensors wide.png')
  expect(own.err).toContain('dead filters are not counted; --data DIR would say where its pictures are.')
  expect(own.out).toMatch(/layer +shape +values before +values +0 everywhere +tones\n/)
  const bare = await fovea('explain filters bare.safetensors')
  expect(bare.exitCode).toBe(0)
  expect(bare.err).toContain('bare.safetensors does not say with which seed training began')
  expect(bare.err).toContain('dead filters are not counted; --dataset NAME would say it.')
  expect(bare.out).toMatch(/^3 filters of 3×3×3 in "conv2d"\. One scale/)
  const counted = await fovea('explain filters bare.safetensors --dataset cifar10 --data tiny')
  expect(counted.out).toMatch(/layer +shape +filters +values +dead after\n/)
})

test.each([
  ['explain filters flat', 'has no convolution, so there are no filters to look at.'],
  ['explain focus flat', 'has no convolution: no layer keeps the places of a picture'],
  ['explain focus run --layer dense', 'The output of "dense" is 10, no picture'],
  ['explain focus run --layer conv2d_3', 'Unknown layer "conv2d_3".\n  Did you mean "conv2d'],
  ['explain focus run --class cta', 'Unknown class "cta".\n  Did you mean "cat"?'],
  ['explain focus run --method cam', 'Unknown method "cam".'],
  ['explain features run --layer conv2', 'Unknown layer "conv2".\n  Did you mean "conv2d"?'],
  ['explain features run --tones shifted', 'Unknown rule for tones "shifted".\n  Did you mean "shift"?'],
  [
    'explain features run --picture 31',
    '--picture 31: cifar10 has 30 test pictures.\n  Give a number from 1 to 30.',
  ],
  ['explain features run wide.png --picture 2', '--picture 2 and wide.png cannot both be shown.'],
  ['explain features run nothing.png', 'nothing.png: there is no such file.'],
  [
    'explain filters run -o filters.gif',
    '-o filters.gif: it is not clear from the name what should be written.',
  ],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
})
