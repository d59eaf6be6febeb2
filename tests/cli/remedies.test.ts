import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { RunFolder } from '../../src/node/run-folder.js'
import { captureIo, fovea } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const quick =
  'remedies cifar10 --data tiny --model small --pictures 60 --epochs 2 --batch-size 16 --threads 1'

interface Result {
  readonly name: string
  readonly parameters: number
  readonly epochs: number
  readonly best: { readonly epoch: number; readonly loss: number }
  readonly gap: number
  readonly history: Record<string, number[]>
}

test('every remedy is trained from the same seed, and all are told in one table and one chart', async () => {
  const { exitCode, out } = await fovea(`${quick} --run compared -o compared.json`)
  expect(exitCode).toBe(0)
  for (const [place, name] of [
    'none',
    'batchNorm',
    'dropout',
    'l2',
    'augmentation',
    'earlyStopping',
    'all',
  ].entries())
    expect(out).toContain(`${place + 1} of 7: ${name}\n`)
  expect(out).toMatch(/remedy +parameters +epochs +best epoch +val\. loss +val\. accuracy +gap/)
  const results = JSON.parse(readFileSync('compared.json', 'utf8')) as Result[]
  const [none, batchNorm, dropout] = results as [Result, Result, Result]
  // The moving statistics are more numbers, but beta takes the place of the bias: 16 + 32 + 32 channels, two each.
  expect(batchNorm.parameters - none.parameters).toBe(2 * (16 + 32 + 32))
  expect(dropout.parameters).toBe(none.parameters)
  for (const { history, best, gap } of results) {
    expect(best.loss).toBe(Math.min(...history.val_loss!))
    expect(gap).toBe(history.train_eval_accuracy!.at(-1)! - history.val_accuracy!.at(-1)!)
  }
  const page = readFileSync('compared/remedies.html', 'utf8')
  for (const { name } of results) expect(page).toContain(name)
  // A penalty is in the curves of the run, and not in what is compared.
  const { history: own, validation } = await (await RunFolder.open('compared/l2')).history()
  const { history } = results[3]!
  for (const [i, rows] of validation.entries()) {
    const mean = rows!.loss.reduce((sum, value) => sum + value, 0) / rows!.loss.length
    expect(history.val_loss![i]).toBe(mean)
    expect(own.val_loss![i]! - mean).toBeGreaterThan(0.01)
    expect(own.train_eval_loss![i]! - history.train_eval_loss![i]!).toBeCloseTo(own.val_loss![i]! - mean, 12)
  }
  const withoutRemedy = await (await RunFolder.open('compared/none')).history()
  for (const [i, loss] of none.history.val_loss!.entries())
    expect(loss).toBeCloseTo(withoutRemedy.history.val_loss![i]!, 5)
  const config = JSON.parse(readFileSync('compared/all/config.json', 'utf8')) as Record<string, unknown>
  expect(config).toMatchObject({
    pictures: 60,
    remedies: ['batchNorm', 'dropout', 'l2'],
    augment: [{ name: 'flip' }, { name: 'shift', pixels: 3 }],
    earlyStopping: 3,
  })
}, 60_000)

test('what is interrupted goes on where it was, to the same end', async () => {
  await fovea(`${quick} --only none,l2 --run whole -o whole.csv`)
  const { io, out, err, interrupt } = captureIo()
  const hear = (text: string) => {
    out.push(text)
    if (text.startsWith('Epoch 1/2') && out.some(line => line.startsWith('2 of 2'))) interrupt()
  }
  const exitCode = await run(`${quick} --only none,l2 --run cut`.split(' '), { ...io, out: hear })
  expect(exitCode).toBe(130)
  expect(err).toContain('Go on:  npx fovea remedies --resume cut')
  for (const [other, what] of [
    ['--batch-size 5', '--batch-size'],
    ['shapes', 'The data set "shapes"'],
  ])
    expect((await fovea(`remedies --resume cut ${other}`)).err).toContain(
      `${what} cannot be given with --resume: a comparison goes on as it began.`,
    )
  const resumed = await fovea('remedies cifar10 --resume cut -o cut.csv')
  expect(resumed.exitCode).toBe(0)
  expect(resumed.out).toContain('1 of 2: none: done before')
  const withoutTimes = (file: string) => readFileSync(file, 'utf8').replaceAll(/,[\d.]+\n/g, '\n')
  expect(withoutTimes('cut.csv')).toBe(withoutTimes('whole.csv'))
})

test.each([
  ['remedies', 'fovea remedies needs pictures.'],
  [`${quick} --only droput`, 'Unknown remedy "droput".\n  Did you mean "dropout"?'],
  ['remedies --resume nowhere', 'nowhere/remedies.json cannot be read: there is no such file'],
  [
    `${quick} --validation-split 0`,
    'fovea remedies compares what is measured on a validation part, but --validation-split is 0.\n  For example: --validation-split 0.2',
  ],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(err).toContain(message)
  expect(existsSync('runs')).toBe(false)
})

const settingsOf = (run: string) => JSON.parse(readFileSync(`${run}/config.json`, 'utf8'))

test('pictures of a folder are compared, too: a network that remedies can change, and no mirror images', async () => {
  await drawPhotos('photos', { left: 12, top: 12 })
  const only = '--only none,batchNorm,augmentation --epochs 2'
  const { exitCode, out } = await fovea(`remedies photos ${only} --run folder -o folder.json`)
  expect(exitCode).toBe(0)
  const [, pictures] = /^tutorial on photos, (\d+) pictures, 2 epochs, 3 times/.exec(out)!
  expect(Number(pictures)).toBeLessThan(24)
  expect(settingsOf('folder/none').augment).toEqual([])
  const names = settingsOf('folder/augmentation').augment.map(({ name }: { name: string }) => name)
  expect(names).toEqual(['shift', 'rotation', 'brightness', 'contrast'])
  const results = JSON.parse(readFileSync('folder.json', 'utf8')) as { name: string; test: unknown }[]
  expect(results.map(({ name }) => name)).toEqual(['none', 'batchNorm', 'augmentation'])
  expect(results[0]!.test).toMatchObject({ accuracy: expect.any(Number), averaged: null })
  expect(out).toContain('Wrote folder/remedies.html')
})

test('names may be spelled otherwise, and the advice about branches is followed', async () => {
  const only = '--only none,Augmentation,early-stopping'
  const { exitCode } = await fovea(
    `${quick.replace('small', 'resnet')} --epochs 1 ${only} --run spelled -o spelled.json`,
  )
  expect(exitCode).toBe(0)
  const results = JSON.parse(readFileSync('spelled.json', 'utf8')) as Result[]
  expect(results.map(({ name }) => name)).toEqual(['none', 'augmentation', 'earlyStopping'])
})

test('remedies that change layers are refused before pictures are read, where the network has branches', async () => {
  const before = await fovea('remedies photos --model resnet --run branches')
  expect(before.exitCode).toBe(1)
  expect(before.err).toBe(
    'Remedy "batchNorm" changes a chain of layers, but network "resnet" has branches.\n  Leave it out (of "fovea remedies" with --only none,augmentation,earlyStopping), or choose a network without branches, for example tutorial.',
  )
  expect(existsSync('branches')).toBe(false)
  const train = await fovea('train photos --model resnet --remedies dropout --run branches')
  expect(train.err).toContain('Remedy "dropout" changes a chain of layers')
  expect(existsSync('branches')).toBe(false)
  const chosen = await fovea('train photos --remedies dropout --epochs 1 --no-report --run chain')
  expect(chosen.out).toContain('remedies change a chain of layers, and deeper networks here have branches.')
  expect(settingsOf('chain')).toMatchObject({ model: 'tutorial', remedies: ['dropout'] })
})

test('a remedy for which the network has no layers is left out, and refused where it was asked for', async () => {
  const { exitCode, out } = await fovea(
    `${quick.replace('small', 'dense')} --epochs 1 --run flat -o flat.json`,
  )
  expect(exitCode).toBe(0)
  const results = JSON.parse(readFileSync('flat.json', 'utf8')) as Result[]
  expect(results.map(({ name }) => name)).not.toContain('batchNorm')
  expect(settingsOf('flat/all').remedies).toEqual(['dropout', 'l2'])
  expect(out).toContain('6 times with the same seed, without batchNorm: dense has no layers for it.')
  const asked = await fovea('train cifar10 --data tiny --model dense --remedies batchNorm --run refused')
  expect(asked.err).toBe(
    'Remedy "batchNorm" (batch normalisation between every convolution and its activation) finds no such layer in network "dense".\n' +
      '  Leave it out, or choose a network with convolutions: --model tutorial.',
  )
})
