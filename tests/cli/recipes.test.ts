import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { trainingFacts } from '../../src/classify/training-facts.js'
import type { TrainSettings } from '../../src/cli/training/settings.js'
import { readModelFile } from '../../src/node/model-files.js'
import type { TrainEvent } from '../../src/train/events.js'
import { fovea, interruptedAt } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const small = 'train cifar10 --data tiny --model small --batch-size 16 --threads 1 --no-report'

const textOf = (run: string): string => readFileSync(`${run}/config.json`, 'utf8')
const configOf = (run: string): TrainSettings => JSON.parse(textOf(run)) as TrainSettings
const weightsOf = (run: string, file = 'last'): Buffer => readFileSync(`${run}/${file}.safetensors`)

const epochsOf = (run: string) =>
  readFileSync(`${run}/history.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as TrainEvent)
    .filter(event => event.type === 'epoch')

test('everything that was asked for is said, and is in config.json', async () => {
  const { exitCode, out } = await fovea(
    `${small} --recipe quick --epochs 1 --schedule cosine --learning-rate 0.05 --momentum 0.5 --weight-decay 0.001` +
      ' --augment flip,shift:2 --label-smoothing 0.1 --remedies dropout,earlyStopping --early-stopping 5 --budget 10m' +
      ' --run everything',
  )
  expect(exitCode).toBe(0)
  expect(out).toContain(
    ' · recipe quick · sgd, learning rate cosine (from 0.05), momentum 0.5, weight decay 0.001 · batches of 16' +
      ' · flip, shift · dropout · label smoothing 0.1 · early stopping after 5 epochs · budget 10 min 00 s · seed 0\n',
  )
  expect(configOf('everything')).toMatchObject({
    recipe: 'quick',
    model: 'small',
    remedies: ['dropout'],
    optimizer: {
      name: 'sgd',
      options: {
        learningRate: { name: 'cosine', from: 0.05, to: 0, over: 1 },
        momentum: 0.5,
        nesterov: true,
        weightDecay: 0.001,
      },
    },
    loss: { name: 'categoricalCrossentropy', labelSmoothing: 0.1 },
    augment: [
      { name: 'flip', p: 0.5 },
      { name: 'shift', pixels: 2, fill: 'reflect' },
    ],
    epochs: 1,
    earlyStopping: 5,
    budget: 600,
  })
})

test('a recipe alone says its own, and its patience and pictures come from remedies where nothing else was said', async () => {
  const { out } = await fovea(
    `${small} --recipe strong --weight-decay 0 --epochs 1 --remedies earlyStopping,batchNorm,augmentation --run recipe`,
  )
  expect(out).toContain(
    ' · recipe strong · sgd, learning rate oneCycle (peak 0.375), momentum 0.85 · batches of 16' +
      ' · flip, shift, alternatingFlip, shift · batchNorm · label smoothing 0.2 · early stopping after 3 epochs · seed 0\n',
  )
  const { optimizer, earlyStopping, remedies, testTime } = configOf('recipe')
  expect(optimizer.options).not.toHaveProperty('weightDecay')
  expect({ earlyStopping, remedies, testTime }).toEqual({
    earlyStopping: 3,
    remedies: ['batchNorm'],
    testTime: 'flip+shift',
  })
})

test('a decay of 0 trains like a recipe without one', async () => {
  await fovea(`${small} --epochs 1 --weight-decay 0 --run zero`)
  await fovea(`${small} --epochs 1 --run without`)
  await fovea(`${small} --epochs 1 --weight-decay 0.5 --run decaying`)
  expect(weightsOf('zero').equals(weightsOf('without'))).toBe(true)
  expect(weightsOf('decaying').equals(weightsOf('without'))).toBe(false)
})

test('with pictures mirrored and moved a run goes on to the same bits, and its config.json keeps its order', async () => {
  const augmented = `${small} --epochs 3 --augment flip,shift:2`
  const cut = await interruptedAt(/"epoch":1,"step":2/, `${augmented} --run cut --json`)
  expect(cut.exitCode).toBe(130)
  const before = textOf('cut')
  await fovea(`${augmented} --run whole`)
  expect(before).toBe(textOf('whole'))
  expect((await fovea('train --resume cut --no-report')).exitCode).toBe(0)
  expect(textOf('cut')).toBe(before)
  for (const file of ['last', 'best'])
    expect(weightsOf('cut', file).equals(weightsOf('whole', file))).toBe(true)
  expect(Object.keys(configOf('cut'))).toEqual([
    'dataset',
    'data',
    'folder',
    'fingerprint',
    'pictures',
    'recipe',
    'model',
    'remedies',
    'optimizer',
    'loss',
    'classWeight',
    'augment',
    'epochs',
    'batchSize',
    'earlyStopping',
    'budget',
    'validationSplit',
    'trainEval',
    'testTime',
    'seed',
    'threads',
    'deterministic',
    'checkpointEvery',
    'tensorboard',
  ])
})

test('a run goes on with the augmentation it began with, also where config.json was changed by hand', async () => {
  await fovea(`${small} --epochs 1 --augment flip --run flipped`)
  const history = readFileSync('flipped/history.jsonl', 'utf8')
  writeFileSync('flipped/config.json', JSON.stringify({ ...configOf('flipped'), augment: [] }))
  const { exitCode, err } = await fovea('train --resume flipped --epochs 2')
  expect(exitCode).toBe(1)
  expect(err).toContain(
    'the checkpoint was made with augment [{"name":"flip","p":0.5}], but no augment came.',
  )
  expect(readFileSync('flipped/history.jsonl', 'utf8')).toBe(history)
})

test('a run that early stopping has ended does not go on', async () => {
  const { out } = await fovea(`${small} --epochs 60 --learning-rate 0.5 --early-stopping 1 --run ended`)
  expect(out).toContain('earlyStopping: val_loss has not got better than ')
  const epochs = epochsOf('ended').length
  expect(epochs).toBeLessThan(60)
  const history = readFileSync('ended/history.jsonl', 'utf8')
  for (const longer of ['', ' --epochs 80']) {
    const { exitCode, err } = await fovea(`train --resume ended${longer}`)
    expect(exitCode).toBe(1)
    expect(err).toContain(
      `ended: early stopping has ended this run: after epoch ${epochs} its validation loss had not got better for 1 epoch.\n` +
        '  Measure it: npx fovea evaluate ended. Or begin another run with more patience: --early-stopping 2',
    )
  }
  expect(readFileSync('ended/history.jsonl', 'utf8')).toBe(history)
})

test('a run that waits with early stopping goes on, to the same end', async () => {
  const patient = `${small} --epochs 60 --learning-rate 0.5 --early-stopping 2`
  await fovea(`${patient} --run patient`)
  const epochs = epochsOf('patient').length
  // After the last epoch but one it had waited for one epoch of two.
  await interruptedAt(new RegExp(`"type":"epoch","epoch":${epochs - 2},`), `${patient} --run waits --json`)
  expect(epochsOf('waits')).toHaveLength(epochs - 1)
  expect((await fovea('train --resume waits --no-report')).exitCode).toBe(0)
  expect(epochsOf('waits')).toHaveLength(epochs)
  for (const file of ['last', 'best', 'final'])
    expect(weightsOf('waits', file).equals(weightsOf('patient', file))).toBe(true)
})

test('all epochs within a budget: the schedule is at its end, so there is no going on', async () => {
  await fovea(`${small} --epochs 1 --budget 10m --schedule linear --run within`)
  const { exitCode, err } = await fovea('train --resume within --epochs 1')
  expect(exitCode).toBe(1)
  expect(err).toContain(
    'within: the one epoch of this run is done, and its schedule is at its end.\n' +
      '  Measure it: npx fovea evaluate within. Or begin another run with more epochs.',
  )
})

test('of weights that are averaged best.safetensors holds averages, last.safetensors what training goes on with', async () => {
  // 23 steps an epoch: slow and fast weights have met after 20.
  await interruptedAt(
    /"type":"checkpoint","epoch":1,"step":0/,
    `${small} --recipe strong --remedies batchNorm --epochs 2 --batch-size 4 --run averaged --json`,
  )
  const last = await readModelFile('averaged/last.safetensors')
  const best = await readModelFile('averaged/best.safetensors')
  const averages = [...last.optimizer!].filter(([name]) => name.startsWith('lookahead/'))
  expect(new Map(averages.map(([name, average]) => [name.slice('lookahead/'.length), average]))).toEqual(
    best.weights,
  )
  expect(last.weights).not.toEqual(best.weights)
  const final = await readModelFile('averaged/final.safetensors')
  expect(final.weights).toEqual(best.weights)
  expect(trainingFacts(final.training)).toEqual(trainingFacts(last.training))
})

test('batch normalisation of one picture at a time is noticed', async () => {
  const { err } = await fovea(
    'train shapes --model small --pictures 6 --remedies batchNorm --batch-size 1 --epochs 1 --no-report --run single',
  )
  expect(err).toContain("In steps of one row these are each picture's own")
})

test.each([
  ['--recipe quikc', 'Unknown recipe "quikc".\n  Did you mean "quick"?'],
  ['--remedies droput,l2', 'Unknown remedy "droput".\n  Did you mean "dropout"?'],
  ['--schedule cosin', 'Unknown schedule "cosin".\n  Did you mean "cosine"?'],
  ['--schedule piecewise', '--schedule piecewise needs points.'],
  ['--colour grey', '--colour: only for pictures of a folder; those of cifar10 are used as they are.'],
  ['--validation-split 0 --remedies early-stopping', 'Early stopping watches the validation loss'],
  ['--augment flop', 'Unknown augmentation "flop".\n  Did you mean "flip"?'],
  ['--augment flip:2', 'a number of 0 … 1'],
  ['--augment shift:40', 'shift: pixels: 40 does not fit pictures of 32×32 pixels.'],
  ['--augment mixup --batch-size 1', 'mixup mixes each picture with another one of its batch'],
  ['--label-smoothing 1', '--label-smoothing should be a number from 0 to below 1, but is "1".'],
  ['--label-smoothing -0.1', '--label-smoothing should be a number from 0 to below 1, but is "-0.1".'],
  ['--weight-decay -1', '--weight-decay should be a number of at least 0, but is "-1".'],
  ['--weight-decay much', '--weight-decay should be a number of at least 0, but is "much".'],
  ['--learning-rate 0', '--learning-rate should be a number above 0, but is "0".'],
  ['--validation-split 1', '--validation-split should be a number from 0 to below 1, but is "1".'],
  ['--early-stopping -1', '--early-stopping should be a whole number of at least 0, but is "-1".'],
  ['--early-stopping 3 --validation-split 0', 'Early stopping watches the validation loss, but'],
  ['--budget soon', '--budget should be a time like 90s, 3m or 1.5h, but is "soon".'],
  ['--optimizer lion --momentum 0.9', '--momentum was given, but the optimizer is lion'],
  [
    '--model resnet --remedies l2',
    'Remedy "l2" changes a chain of layers, but network "resnet" has branches.',
  ],
])('%s is refused before anything is trained', async (flags, message) => {
  const before = [...readdirSync('.')]
  const { exitCode, out, err } = await fovea(`${small} --run refused ${flags}`)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
  expect([...readdirSync('.')]).toEqual(before)
})

test("a recipe trains another network than its own, which lacks the weights of the recipe's groups", async () => {
  const { exitCode } = await fovea(`${small} --recipe strong --epochs 1 --run other`)
  expect(exitCode).toBe(0)
  expect(configOf('other').optimizer.options).not.toHaveProperty('groups')
  expect(configOf('other').optimizer.options).toMatchObject({ lookahead: { every: 20 } })
})
