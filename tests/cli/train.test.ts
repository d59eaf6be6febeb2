import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Tensor } from '../../src/base/tensor.js'
import { run } from '../../src/cli/main.js'
import { readSettings } from '../../src/cli/training/read-settings.js'
import { buildModel } from '../../src/cli/training/run-training.js'
import type { TrainSettings } from '../../src/cli/training/settings.js'
import { validationStart } from '../../src/data/split.js'
import { initialWeights } from '../../src/nn/network.js'
import { loadDataset } from '../../src/node/load-dataset.js'
import { readModelFile } from '../../src/node/model-files.js'
import { RunFolder } from '../../src/node/run-folder.js'
import type { TrainingState } from '../../src/train/checkpoint.js'
import type { TrainEvent } from '../../src/train/events.js'
import { captureIo, fovea, interruptedAt } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const reported = 'train cifar10 --data tiny --model small --batch-size 16 --learning-rate 0.05'
/** Reports have tests of their own. */
const quick = `${reported} --no-report`

const eventsOf = (lines: string): TrainEvent[] =>
  lines
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as TrainEvent)

test('train says what it does, learns, measures, and keeps the run', async () => {
  const { exitCode, out, err } = await fovea(`${reported} --epochs 2`)
  expect(exitCode).toBe(0)
  expect(out).toContain(
    'small (14,666 parameters) on cifar10: 90 pictures, 10 for validation, 30 for the test',
  )
  expect(out).toContain('sgd, learning rate 0.05, momentum 0.5 · batches of 16 · seed 0')
  expect(out).toMatch(/Epoch 1\/2 · .* loss \d\.\d{4} · accuracy .* val_loss .*\nEpoch 2\/2 · /)
  expect(out).toMatch(/Test: loss \d\.\d{4}, accuracy \d+\.\d % ± \d+\.\d \(30 pictures\)/)
  expect(out).toContain('Saved in runs/cifar10-small-1')
  expect(out).toContain('fovea evaluate runs/cifar10-small-1')
  expect(err).toContain('tiny/data_batch_1.bin holds 20 pictures instead of 10,000.')
  expect(readdirSync('runs/cifar10-small-1').sort()).toEqual([
    'best.safetensors',
    'config.json',
    'history.jsonl',
    'last.safetensors',
    'report.html',
    'validation',
  ])
  expect(readdirSync('runs/cifar10-small-1/validation').sort()).toEqual([
    'epoch-0001.safetensors',
    'epoch-0002.safetensors',
  ])
  expect((await fovea(`${quick} --epochs 1`)).out).toContain('Saved in runs/cifar10-small-2')
})

test('--json prints events and nothing else; the last holds the test', async () => {
  const { out } = await fovea(`${quick} --epochs 2 --run json --json`)
  const events = eventsOf(out)
  expect(events.map(event => event.type)).toEqual(
    expect.arrayContaining(['begin', 'step', 'epoch', 'checkpoint', 'end']),
  )
  expect(events[0]).toMatchObject({ type: 'begin', epochs: 2, trainRows: 90, validationRows: 10, seed: 0 })
  const last = events.at(-1)
  expect(last).toMatchObject({ type: 'end', reason: 'done', epochs: 2 })
  expect(last).toHaveProperty('testLoss', expect.any(Number))
  expect(last).toHaveProperty('testAccuracy', expect.any(Number))
  const kept = eventsOf(readFileSync('json/history.jsonl', 'utf8'))
  expect(kept.map(event => event.type)).toEqual(['begin', 'epoch', 'epoch', 'end'])
  expect(kept.at(-1)).toEqual(last)
})

test('the settings are in the folder, and the seed decides the result', async () => {
  await fovea(`${quick} --epochs 1 --seed 5 --optimizer adam --run seed-5`)
  await fovea(`${quick} --epochs 1 --seed 5 --optimizer adam --run seed-5-again --threads 1`)
  await fovea(`${quick} --epochs 1 --seed 6 --optimizer adam --run seed-6`)
  expect(JSON.parse(readFileSync('seed-5/config.json', 'utf8'))).toEqual({
    augment: [],
    budget: null,
    classWeight: null,
    dataset: 'cifar10',
    folder: null,
    fingerprint: null,
    earlyStopping: null,
    loss: { name: 'categoricalCrossentropy' },
    pictures: null,
    recipe: 'tutorial',
    remedies: [],
    data: `${process.cwd()}/tiny`,
    model: 'small',
    optimizer: { name: 'adam', options: expect.objectContaining({ learningRate: 0.05 }) },
    epochs: 1,
    batchSize: 16,
    validationSplit: 0.1,
    testTime: 'flip',
    trainEval: null,
    seed: 5,
    threads: null,
    deterministic: false,
    checkpointEvery: 60,
    tensorboard: false,
  })
  const weights = (name: string) => readFileSync(`${name}/last.safetensors`)
  expect(weights('seed-5-again').equals(weights('seed-5'))).toBe(true)
  expect(weights('seed-6').equals(weights('seed-5'))).toBe(false)
})

test('Ctrl-C finishes the step, saves, says how to go on; going on ends with the same bits', async () => {
  const stopped = await interruptedAt(/"epoch":1,"step":2/, `${quick} --epochs 3 --run stopped --json`)
  expect(stopped.exitCode).toBe(130)
  expect(stopped.err).toContain('Finishing the step, then saving. Ctrl-C again quits at once.')
  expect(JSON.parse(stopped.out.at(-1)!)).toMatchObject({ type: 'end', reason: 'stopped', epochs: 1 })
  expect(stopped.listeners.size).toBe(0)
  const resumed = await fovea('train --resume stopped')
  expect(resumed.exitCode).toBe(0)
  expect(resumed.out).toContain('Going on with stopped, epoch 2')
  await fovea(`${quick} --epochs 3 --run whole`)
  for (const file of ['last', 'best'])
    expect(
      readFileSync(`stopped/${file}.safetensors`).equals(readFileSync(`whole/${file}.safetensors`)),
    ).toBe(true)
  for (const epoch of [1, 2, 3].map(number => `validation/epoch-000${number}.safetensors`))
    expect(readFileSync(`stopped/${epoch}`).equals(readFileSync(`whole/${epoch}`)), epoch).toBe(true)
})

test('Ctrl-C in text mode tells the command that goes on, and a second one quits', async () => {
  const { exitCode, out, quits } = await interruptedAt(/^Epoch 1/, `${quick} --epochs 3 --run text`)
  expect(exitCode).toBe(130)
  expect(out.join('\n')).toContain('Stopped after 1 of 3 epochs; everything is saved in text')
  expect(out.join('\n')).toContain('fovea train --resume text')
  expect(quits).toEqual([])
  const captured = captureIo()
  const training = run(`${quick} --epochs 50 --run twice`.split(' '), {
    ...captured.io,
    out: text => {
      if (!text.startsWith('Epoch 1/')) return
      captured.interrupt()
      captured.interrupt()
    },
  })
  expect(await training).toBe(130)
  expect(captured.quits).toEqual([130])
})

test('a finished run can be made longer, but not otherwise', async () => {
  await fovea(`${quick} --epochs 1 --run longer`)
  const history = readFileSync('longer/history.jsonl', 'utf8')
  const done = await fovea('train --resume longer')
  expect(done.exitCode).toBe(1)
  expect(done.err).toContain('longer: the one epoch of this run is done.')
  const other = await fovea('train --resume longer --epochs 2 --batch-size 8')
  expect(other.err).toContain('--batch-size cannot be given with --resume')
  expect(await fovea('train shapes --resume longer')).toMatchObject({ exitCode: 1 })
  expect(readFileSync('longer/history.jsonl', 'utf8')).toBe(history)
  const longer = await fovea('train --resume longer --epochs 2')
  expect(longer.out).toContain('Epoch 2/2')
  expect(JSON.parse(readFileSync('longer/config.json', 'utf8'))).toMatchObject({ epochs: 2 })
})

/** The seconds of a run over every process that trained it. */
const secondsOf = (name: string): number =>
  eventsOf(readFileSync(`${name}/history.jsonl`, 'utf8'))
    .filter(event => event.type === 'end')
    .reduce((seconds, event) => seconds + event.seconds, 0)

const learningRates = (name: string): number[] =>
  eventsOf(readFileSync(`${name}/history.jsonl`, 'utf8')).flatMap(event =>
    event.type === 'epoch' ? [event.logs.learning_rate!] : [],
  )

test('--budget trains for so long instead of the epochs of the recipe, and the schedule ends then', async () => {
  const { exitCode, out } = await fovea(`${quick} --budget 2s --schedule linear --run budget`)
  expect(exitCode).toBe(0)
  expect(out).toContain(' · budget 2.0 s · seed 0')
  expect(out).toMatch(
    /^At this pace 2\.0 s are \d+\.\d epochs \([\d,]+ steps\); the schedule ends with them\.$/m,
  )
  expect(out).toMatch(/^Epoch 1 · /m)
  // How near the end is to the budget depends on what else the machine does: src/train/budget tests it with a clock of its own.
  const rates = learningRates('budget')
  expect(rates).toEqual(rates.toSorted((a, b) => b - a))
  expect(rates.at(-1)).toBeLessThan(0.05)
  expect(JSON.parse(readFileSync('budget/config.json', 'utf8'))).toMatchObject({ budget: 2, epochs: null })
  const done = await fovea('train --resume budget')
  expect(done.exitCode).toBe(1)
  expect(done.err).toContain('budget: the budget of this run (2.0 s) is used, and its schedule at its end.')
})

test('a run with a budget goes on with what is left of it', async () => {
  const stopped = await interruptedAt(
    /^\{"type":"epoch","epoch":2/,
    `${quick} --budget 3s --schedule linear --run left --json`,
  )
  expect(stopped.exitCode).toBe(130)
  const resumed = await fovea('train --resume left')
  expect(resumed.exitCode).toBe(0)
  expect(resumed.out).toMatch(/ · budget 3\.0 s, \d\.\d s left · /)
  const [, left] = /(\d\.\d) s left/.exec(resumed.out)!
  expect(Number(left)).toBeLessThan(3)
  const rates = learningRates('left')
  expect(rates).toEqual(rates.toSorted((a, b) => b - a))
  expect(rates.at(-1)).toBeLessThan(0.05)
  expect((await fovea('train --resume left --budget 5s')).err).toContain(
    '--budget cannot be given with --resume',
  )
})

test('with --budget, --epochs are at most so many', async () => {
  const { out } = await fovea(`${quick} --budget 10m --epochs 2 --run at-most`)
  expect(out).toContain('Epoch 2/2')
  expect(secondsOf('at-most')).toBeLessThan(60)
})

test('--tensorboard writes event files into the run, and a run that goes on goes on with them', async () => {
  await fovea(`${quick} --epochs 1 --run drawn --tensorboard`)
  const files = (part: string) => readdirSync(`drawn/tensorboard/${part}`)
  expect(files('train')).toEqual([expect.stringMatching(/^events\.out\.tfevents\./)])
  expect(files('validation')).toHaveLength(1)
  await fovea('train --resume drawn --epochs 2')
  expect(files('train')).toHaveLength(2)
  expect(existsSync('at-most/tensorboard')).toBe(false)
})

const refusals: [commandLine: string, message: string][] = [
  [
    'train',
    'fovea train needs pictures.\n  Give a folder, or name a data set (cifar10, mnist, fashion-mnist, shapes, digits)',
  ],
  [
    'train cifar --data tiny',
    'Unknown data set "cifar", and there is no such folder either.\n  Did you mean "cifar10"?',
  ],
  ['train cifar10 --model tutoral', 'Unknown model "tutoral".\n  Did you mean "tutorial"?'],
  ['train cifar10 --optimizer adm', 'Unknown optimizer "adm".\n  Did you mean "adam"?'],
  ['train cifar10 --epochs 0', '--epochs should be a whole number of at least 1, but is "0".'],
  ['train cifar10 --epochs 2.5', '--epochs should be a whole number of at least 1, but is "2.5".'],
  ['train cifar10 --batch-size 0', '--batch-size should be a whole number of at least 1, but is "0".'],
  ['train cifar10 --learning-rate NaN', '--learning-rate should be a number above 0, but is "NaN".'],
  ['train cifar10 --learning-rate fast', '--learning-rate should be a number above 0, but is "fast".'],
  ['train cifar10 --momentum 1', '--momentum should be a number from 0 to below 1, but is "1".'],
  [
    'train cifar10 --optimizer adam --momentum 0.9',
    '--momentum was given, but the optimizer is adam, which has no such option.\n' +
      '  Leave it out, or choose an optimizer that has it: sgd, rmsprop, muon.',
  ],
  ['train cifar10 --seed -1', '--seed should be a whole number of at least 0, but is "-1".'],
  ['train cifar10 --threads x', '--threads should be a whole number of at least 1, but is "x".'],
  ['train cifar10 --checkpoint-every 0', '--checkpoint-every should be a number above 0, but is "0".'],
  ['train cifar10 --train-eval 0', '--train-eval should be a whole number of at least 1, but is "0".'],
  [
    'train cifar10 --train-eval --validation-split 0',
    'but --validation-split is 0.\n  Say how many: --train-eval 1000',
  ],
  ['train cifar10 --data nowhere', 'nowhere: there is no such file or folder.'],
  ['train cifar10 --data tiny --model dense --validation-split 0.9999', 'leaves no row for training'],
  ['train --resume nowhere', 'nowhere: there is no such file or folder.'],
  ['train cifar10 --data tiny --epoch 3', "error: unknown option '--epoch'\n(Did you mean --epochs?)"],
]

test.each(refusals)('%s is refused, and nothing written', async (commandLine, message) => {
  const before = [...readdirSync('.'), ...readdirSync('runs')]
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
  expect([...readdirSync('.'), ...readdirSync('runs')]).toEqual(before)
})

test('a run is not written over, and a folder that cannot be made is named', async () => {
  await fovea(`${quick} --epochs 1 --run taken`)
  const again = await fovea(`${quick} --run taken`)
  expect(again).toMatchObject({ exitCode: 1, out: '' })
  expect(again.err).toContain('taken: there is a run in this folder already')
  writeFileSync('plain-file', '')
  const blocked = await fovea(`${quick} --run plain-file/run`)
  expect(blocked.exitCode).toBe(1)
  expect(blocked.err).toContain('plain-file/run cannot be written: a part of the path is a file')
})

test('training that diverges before the first checkpoint ends with the cause, and leaves no folder', async () => {
  const { exitCode, err } = await fovea(`${quick} --epochs 3 --learning-rate 1e30 --run diverged`)
  expect(exitCode).toBe(1)
  expect(err).toContain('Usual cause: the learning rate is too high.')
  expect(err).not.toContain('    at ')
  expect(existsSync('diverged')).toBe(false)
})

/** Trains an epoch, then lets a resumed run diverge: its weights are so large that their products are not finite. */
async function divergeAfterOneEpoch(name: string) {
  await fovea(`${quick} --epochs 1 --run ${name}`)
  const run = await RunFolder.open(name)
  const { weights, optimizer, state } = (await run.checkpoint())!
  const huge = new Map(
    [...weights].map(([key, { data, shape }]) => [
      key,
      new Tensor(
        data.map(() => 1e30),
        shape,
      ),
    ]),
  )
  await run.save({ weights: huge, optimizer, state }, { best: false }, await readModelFile(run.file('last')))
  return fovea(`train --resume ${name} --epochs 3 --json`)
}

test('a saved run that diverges keeps what ended it, and drops it when it goes on', async () => {
  const { exitCode, out, err } = await divergeAfterOneEpoch('saved')
  expect(exitCode).toBe(1)
  expect(err).toContain('loss became NaN at epoch 2, step 1')
  const kept = eventsOf(readFileSync('saved/history.jsonl', 'utf8'))
  expect(kept.map(event => event.type)).toEqual(['begin', 'epoch', 'begin', 'end'])
  expect(kept.at(-1)).toMatchObject({
    reason: 'diverged',
    epochs: 1,
    message: expect.stringContaining('became NaN'),
  })
  expect(eventsOf(out).at(-1)).toEqual(kept.at(-1))
  const history = await (await RunFolder.open('saved')).history()
  expect(history.diverged).toContain('loss became NaN at epoch 2, step 1')
  await fovea('train --resume saved --epochs 3')
  const again = eventsOf(readFileSync('saved/history.jsonl', 'utf8'))
  expect(again.map(event => event.type)).toEqual(['begin', 'epoch', 'begin', 'begin', 'end'])
})

test('--train-eval measures training pictures too, and is kept with the run', async () => {
  const { out } = await fovea(`${quick} --epochs 1 --run measured --train-eval`)
  expect(out).not.toContain('train_eval')
  const config = () => JSON.parse(readFileSync('measured/config.json', 'utf8')) as Record<string, unknown>
  expect(config().trainEval).toBe(true)
  expect((await fovea('train --resume measured --epochs 2 --train-eval 7')).err).toContain(
    '--train-eval cannot be given with --resume',
  )
  await fovea('train --resume measured --epochs 2')
  const { history } = await (await RunFolder.open('measured')).history()
  expect(history.train_eval_loss).toHaveLength(2)
  await fovea(`${quick} --epochs 2 --run measured-whole --train-eval 10`)
  expect((await (await RunFolder.open('measured-whole')).history()).history).toEqual(history)
})

test('a run of an earlier version, without rows and with fewer settings, can go on', async () => {
  await fovea(`${quick} --epochs 1 --run earlier`)
  const { trainEval: _, ...config } = JSON.parse(readFileSync('earlier/config.json', 'utf8')) as TrainSettings
  writeFileSync('earlier/config.json', JSON.stringify(config))
  rmSync('earlier/validation', { recursive: true })
  expect((await fovea('train --resume earlier --epochs 2')).exitCode).toBe(0)
  const { validation } = await (await RunFolder.open('earlier')).history()
  expect(validation.map(rows => rows?.loss.length)).toEqual([undefined, 10])
})

test('from a run alone the validation labels and the first weights can be had again', async () => {
  await fovea(`${quick} --epochs 1 --seed 3 --run again`)
  const run = await RunFolder.open('again')
  const settings = readSettings(await run.config(), '')
  const dataset = await loadDataset(settings.dataset, { data: settings.data! })
  const { train } = dataset
  const labels = train.y.slice(validationStart(train.x.rows, settings.validationSplit)).data
  const { validation, history } = await run.history()
  const right = labels.filter((label, row) => label === validation[0]!.predicted[row]).length
  expect(right / labels.length).toBe(history.val_accuracy![0])

  const first: Record<string, number[]> = {}
  const model = buildModel(settings, dataset)
  for (const [name, { data }] of model.getWeights()) first[name] = [...data]
  for (const which of ['last', 'best'] as const) {
    const { network, training } = await readModelFile(run.file(which))
    const { seed } = training!.state as TrainingState
    const rebuilt = [...initialWeights(network, seed)].map(([name, { data }]) => [name, [...data]])
    expect(Object.fromEntries(rebuilt)).toEqual(first)
  }
})

test.each([
  ['{"dataset":"cifar10"}', '"data" should be a path or null, but is undefined.'],
  [
    '{"dataset":"cifar10","data":null,"model":"small","optimizer":{"name":"sgd","options":{}},"epochs":null}',
    '"epochs" should be a whole number from 1, or null with a budget, but is null.',
  ],
  ['{"dataset":7}', '"dataset" should be a text, but is 7.'],
  ['not JSON', 'not JSON'],
])('a run whose config.json was changed to %s is refused', async (text, message) => {
  await fovea(`${quick} --epochs 1 --run changed`)
  writeFileSync('changed/config.json', text)
  const { exitCode, err } = await fovea('train --resume changed')
  expect(exitCode).toBe(1)
  expect(err).toContain('changed/config.json: ')
  expect(err).toContain(message)
})
