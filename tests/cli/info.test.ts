import { writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { layers, Sequential } from '../../src/index.node.js'
import { encodeModel, type ModelFile } from '../../src/io/model-file.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const classNames = Array.from({ length: 15 }, (_, i) => `kind ${i}`)

/** 27 × 4 + 4 weights of the convolution, 4 × 4 of the normalization (half of them not trained), (4 + 1) × 15 of the last layer. */
const network = new Sequential([
  layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [9, 9, 3] }),
  layers.batchNormalization(),
  layers.globalAveragePooling2d(),
  layers.dense({ units: 15, activation: 'softmax' }),
])

const bare: ModelFile = { network: network.network, weights: network.getWeights() }

const full: ModelFile = {
  ...bare,
  classNames,
  preprocessing: { scale: 1 / 127.5, offset: -1 },
  pictureFit: 'crop',
  calibration: {
    temperature: 1.23456,
    threshold: 0.712,
    reliability: 0.95,
    pictures: 1234,
    answered: 0.801,
    expectedCalibrationError: { before: 0.0523, after: 0.0111 },
  },
  training: {
    dataset: 'photos',
    loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.1 },
    state: { epoch: 12 },
    summary: {
      recipe: 'quick',
      testAccuracy: 0.876,
      testLoss: 0.41234,
      testPictures: 1234,
      averaged: { testTime: 'flip', testAccuracy: 0.88 },
    },
    later: { nobody: 'knows' },
  },
}

const write = (path: string, file: ModelFile) => writeFileSync(path, encodeModel(file))

beforeAll(async () => {
  write('bare.safetensors', bare)
  write('full.safetensors', full)
  await fovea('train cifar10 --data tiny --model small --epochs 1 --run run')
})

/** What is said about each thing. */
function facts(out: string): Map<string, string> {
  const lines = out.split('\n').filter(line => /^ {2}\w.* {2}/.test(line))
  return new Map(lines.map(line => line.trim().split(/ {2,}/) as [string, string]))
}

test('info tells all that a file says, and how to use it', async () => {
  const { exitCode, out, err } = await fovea('info full.safetensors')
  expect([exitCode, err]).toEqual([0, ''])
  expect(out.split('\n')[0]).toBe('full.safetensors')
  const said = facts(out)
  expect(said.get('file')).toMatch(/^\d+\.\d\d KB, weights$/)
  expect(said.get('network')).toBe(
    'sequential: 4 layers, 203 parameters (8 not trained), 5,352 multiply-adds a picture',
  )
  expect(said.get('input')).toBe(
    '9×9×3 (height×width, colour); pictures of other proportions are cut to its proportions',
  )
  expect(said.get('scaling')).toBe('bytes 0 … 255 become -1 … 1')
  expect(said.get('classes')).toBe(
    '15: kind 0, kind 1, kind 2, kind 3, kind 4, kind 5, kind 6, kind 7, kind 8, kind 9, kind 10, kind 11 and 3 more',
  )
  expect(said.get('calibration')).toBe(
    'temperature 1.235; sure above 71.2 %; of sure answers 95.0 % should be right; 80.1 % of pictures get one; calibration error 5.2 % → 1.1 %; from 1,234 pictures',
  )
  expect(said.get('data set')).toBe('photos')
  expect(said.get('recipe')).toBe('quick')
  expect(said.get('loss')).toBe('categoricalCrossentropy (labelSmoothing 0.1)')
  expect(said.get('training')).toBe('12 epochs')
  expect(said.get('result')).toBe(
    'test accuracy 87.6 % ± 0.9 on 1,234 pictures, test loss 0.4123. Averaged with its mirror image: accuracy 88.0 % ± 0.9',
  )
  expect(out).toContain('npx fovea predict full.safetensors picture.jpg')
  expect(out).toContain('npx fovea serve full.safetensors')
  expect(out).toContain("await loadClassifier('full.safetensors')")
  expect(out).not.toContain('nobody')
})

test('a file that says nothing but its network will do', async () => {
  const { exitCode, out } = await fovea('info bare.safetensors')
  expect(exitCode).toBe(0)
  const said = facts(out)
  expect([...said.keys()].slice(0, 5)).toEqual(['file', 'network', 'input', 'classes', 'calibration'])
  expect(said.get('input')).toContain('are stretched')
  expect(said.get('classes')).toBe("no names; the network's output is 15")
  expect(said.get('calibration')).toBe('none: nobody knows which answers are sure')
})

test('of a run it tells what it has come to, and that training can go on', async () => {
  const said = facts((await fovea('info run')).out)
  expect(said.get('file')).toContain('training can go on from it')
  expect(said.get('data set')).toBe('cifar10')
  expect(said.get('training')).toBe('1 epoch, 90 pictures, batches of 8, seed 0')
  expect(said.get('best epoch')).toMatch(/^1 \(val_loss \d\.\d{4}\)$/)
  expect(said.get('result')).toMatch(
    /^test accuracy \d+\.\d % ± \d+\.\d on \d+ pictures, test loss \d\.\d{4}\. Averaged .* accuracy \d+\.\d % ± \d+\.\d$/,
  )
})

test('--json is plain data', async () => {
  const { out } = await fovea('info full.safetensors --json')
  const { file, bytes, network, ...rest } = JSON.parse(out)
  expect([file, bytes > 500, network.parameters, network.trainable]).toEqual([
    'full.safetensors',
    true,
    203,
    195,
  ])
  const { calibration, pictureFit, preprocessing, training } = full
  expect(rest).toEqual({
    inputs: [[9, 9, 3]],
    outputs: [[15]],
    preprocessing,
    pictureFit,
    classNames,
    calibration,
    training,
    optimizer: false,
  })
  expect(JSON.parse((await fovea('info bare.safetensors --json')).out)).toMatchObject({
    preprocessing: null,
    pictureFit: null,
    classNames: null,
    calibration: null,
    training: null,
  })
})

test('a model that takes no pictures is told by its shapes, and used by code', async () => {
  const rows = new Sequential([layers.dense({ units: 1, inputShape: [3] })])
  write('rows.safetensors', { network: rows.network, weights: rows.getWeights() })
  const { out } = await fovea('info rows.safetensors')
  expect(facts(out).get('input')).toBe('3')
  expect(facts(out).get('network')).toBe('sequential: 1 layer, 4 parameters, 3 multiply-adds a picture')
  expect(out).toContain("const model = await loadModel('rows.safetensors')")
  expect(out).not.toContain('npx fovea')
})

test.each([
  ['info none.safetensors', 'none.safetensors: there is no such file or folder.'],
  ['info text.safetensors', 'text.safetensors: '],
  ['info tiny', 'tiny: there is no last.safetensors in this folder.'],
])('%s is refused', async (commandLine, message) => {
  writeFileSync('text.safetensors', 'no model')
  const { exitCode, out, err } = await fovea(commandLine)
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
})
