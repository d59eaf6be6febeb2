import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { layers, Sequential, saveModel } from '../../src/index.node.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

/** A plain dark picture, as bright as those of class 0 (airplane) in the tiny pictures. */
const writePicture = (path: string, width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 28, g: 28, b: 28 } } })
    .png()
    .toFile(path)

beforeAll(async () => {
  await fovea(
    'train cifar10 --data tiny --model dense --optimizer adam --batch-size 10 --epochs 12 --run learned',
  )
  await writePicture('dark.png', 32, 32)
  await writePicture('wide.png', 90, 40)
  const twelve = new Sequential([layers.flatten({ inputShape: [32, 32, 3] }), layers.dense({ units: 12 })])
  await saveModel(twelve, 'twelve.safetensors')
})

test('evaluate gives [loss, accuracy], its error, and every class', async () => {
  const { exitCode, out } = await fovea('evaluate learned')
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  const [loss, accuracy] = JSON.parse(lines[0]!) as [number, number]
  const end = JSON.parse(
    readFileSync('learned/history.jsonl', 'utf8').trimEnd().split('\n').at(-1)!,
  ) as object
  expect(end).toMatchObject({ testLoss: loss, testAccuracy: accuracy, averaged: { testTime: 'flip' } })
  expect(lines[1]).toMatch(/^accuracy \d+\.\d % ± \d+\.\d on the 30 test pictures of cifar10$/)
  expect(lines[2]).toMatch(/^Averaged with its mirror image: accuracy \d+\.\d % ± \d+\.\d$/)
  expect(out).toMatch(
    /class +pictures +right +recall +std\. error +precision +std\. error\n─+\nairplane +3 +\d/,
  )
  expect(lines).toHaveLength(16)
})

test('evaluate averages over more views on wish', async () => {
  const { out } = await fovea('evaluate learned --test-time flip+shift')
  expect(out).toMatch(/^Averaged over mirror images and shifts by a pixel: accuracy \d+\.\d % ± \d+\.\d$/m)
  const { err } = await fovea('evaluate learned --test-time flop')
  expect(err).toContain('Unknown --test-time "flop".\n  Did you mean "flip"?')
})

test('evaluate --validation measures what the training was measured on', async () => {
  const { out } = await fovea('evaluate learned --validation')
  const epochs = readFileSync('learned/history.jsonl', 'utf8')
    .split('\n')
    .filter(line => line.includes('"type":"epoch"'))
    .map(line => JSON.parse(line) as { logs: Record<string, number> })
  const { val_loss, val_accuracy } = epochs.at(-1)!.logs
  expect(JSON.parse(out.split('\n')[0]!)).toEqual([val_loss, val_accuracy])
  expect(out).toMatch(/on the 10 validation pictures of cifar10$/m)
  copyFileSync('learned/last.safetensors', 'alone.safetensors')
  const { exitCode, err } = await fovea('evaluate alone.safetensors --data tiny --validation')
  expect(exitCode).toBe(1)
  expect(err).toContain('alone.safetensors is no run of "fovea train", so nobody knows which pictures')
})

test('evaluate takes a model file too, and another place of the data', async () => {
  const run = await fovea('evaluate learned')
  expect((await fovea('evaluate learned/last.safetensors')).out).toBe(run.out)
  copyFileSync('learned/last.safetensors', 'copy.safetensors')
  expect((await fovea('evaluate copy.safetensors --data tiny')).out).toBe(run.out)
  expect((await fovea('evaluate learned/best.safetensors')).exitCode).toBe(0)
})

test('predict names the classes of pictures of any size, the likeliest first', async () => {
  const { exitCode, out } = await fovea('predict learned dark.png wide.png')
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toMatch(/^picture {3}class {2,}probability {2}runners-up$/)
  expect(lines[2]).toMatch(/^dark\.png {2}airplane \(not sure\) +\d+\.\d % {2}\w+ \d+\.\d %, \w+ \d+\.\d %$/)
  expect(lines[3]).toMatch(/^wide\.png {2}airplane /)
  expect(lines.slice(4)).toEqual(['', '2 pictures: 2 not sure.'])
})

test('predict --json gives a line of JSON for each picture', async () => {
  const { out } = await fovea('predict learned dark.png --json')
  const line = JSON.parse(out) as { picture: string; answers: { className: string; probability: number }[] }
  expect(line.picture).toBe('dark.png')
  expect(line.answers.map(answer => answer.className)[0]).toBe('airplane')
  expect(line.answers.every(({ probability }) => probability >= 0 && probability <= 1)).toBe(true)
})

test('data tells shapes, ranges and classes', async () => {
  const { out, err } = await fovea('data cifar10 --data tiny')
  expect(out).toContain('100×32×32×3')
  expect(out).toMatch(/airplane +10 +3\n/)
  expect(err).toContain('tiny/test_batch.bin holds 30 pictures instead of 10,000.')
})

test.each([
  ['predict learned page.png', 'page.png: not an image that can be read (it starts with "<!DOCTYPE").'],
  ['predict learned none.png', 'none.png: there is no such file or folder.'],
  ['predict learnt dark.png', 'learnt: there is no such file or folder.\n  Did you mean "learned"?'],
  ['evaluate runs/nothing', 'runs/nothing: there is no such file or folder.'],
  ['evaluate tiny', 'tiny: there is no last.safetensors in this folder.'],
  ['evaluate cut.safetensors', 'cut.safetensors: the tensors take '],
  ['evaluate lying.safetensors', 'lying.safetensors: the header should be 99999999 bytes long, but only'],
  ['evaluate page.png', 'page.png: this is no safetensors file'],
  ['evaluate learned --dataset cifar', 'Unknown data set "cifar".'],
  [
    'evaluate learned --dataset shapes',
    'learned knows airplane, automobile, bird, …, but shapes has disc, ring, ',
  ],
  [
    'evaluate twelve.safetensors --dataset shapes',
    'twelve.safetensors tells 12 classes apart, but shapes has 10.\n  Leave --dataset out, or train a network on these',
  ],
  [
    'evaluate twelve.safetensors',
    'does not say which data set it was trained on.\n  Give --dataset NAME, or measure it on other pictures:',
  ],
  [
    'evaluate learned --validation --dataset shapes',
    'learned knows airplane, automobile, bird, …, but shapes has disc, ring, ',
  ],
  ['evaluate learned --data nowhere', 'nowhere: there is no such file or folder.'],
  [
    'data cifr10',
    'Unknown data set "cifr10", and there is no such folder either.\n  Did you mean "cifar10"?',
  ],
])('%s is refused', async (commandLine, message) => {
  const bytes = readFileSync('learned/last.safetensors')
  writeFileSync('cut.safetensors', bytes.subarray(0, 200_000))
  const lying = Buffer.from(bytes.subarray(0, 5000))
  lying.writeBigUInt64LE(99_999_999n)
  writeFileSync('lying.safetensors', lying)
  writeFileSync('page.png', '<!DOCTYPE html><title>404</title>')
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
})
