import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Callback } from '../../train/callbacks/callback.js'
import type { Checkpoint } from '../../train/checkpoint.js'
import { sgd } from '../../train/optimizers/index.js'
import { linear } from '../../train/schedules/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from '../../train/tiny.fixture.js'
import { loadModel } from '../model-files.js'
import { type ReadHistogram, readEvents } from '../tensorboard/read-events.fixture.js'
import { csvLogger, modelCheckpoint, tensorBoard } from './index.js'

const { x, y } = tinyData(20)
const options = { ...quiet, batchSize: 4, epochs: 4, validationSplit: 0.25 }
const newModel = () => tinyModel({}, { optimizer: sgd({ learningRate: linear({ from: 0.8 }) }) })

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-callbacks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Trains some epochs, and returns the checkpoint after the last. */
async function trainAndStop(callbacks: readonly Callback[], epochs: number): Promise<Checkpoint> {
  let saved: Checkpoint | undefined
  const save = async (checkpoint: Checkpoint) => void (saved = checkpoint)
  const stop: Callback = {
    onEpochEnd: ({ epoch }, context) => (epoch === epochs - 1 ? context.stop() : undefined),
  }
  await newModel().fit(x, y, { ...options, callbacks: [...callbacks, stop], checkpoint: { save } })
  return saved!
}

test('modelCheckpoint writes a whole model after every epoch, named by epoch and logs', async () => {
  const model = newModel()
  const path = join(folder, 'models', '{epoch}-{val_loss}.safetensors')
  const { history } = await model.fit(x, y, { ...options, callbacks: [modelCheckpoint({ path })] })
  const names = (await readdir(join(folder, 'models'))).sort()
  expect(names).toEqual(history.val_loss!.map((loss, i) => `${i + 1}-${loss.toFixed(4)}.safetensors`))
  const last = await loadModel(join(folder, 'models', names.at(-1)!))
  expect(weightsOf(last)).toEqual(weightsOf(model))
  expect(last.preprocessing).toEqual(x.scaling)
})

test('with saveBestOnly it writes the best epoch only, and remembers the best when training goes on', async () => {
  const path = join(folder, '{epoch}.safetensors')
  const best = () => modelCheckpoint({ path, saveBestOnly: true, monitor: 'loss', mode: 'max' })
  const resume = await trainAndStop([best()], 1)
  // The loss falls from the first epoch on, so nothing later is higher.
  const { history } = await newModel().fit(x, y, { ...options, callbacks: [best()], resume })
  expect(Math.max(...history.loss!)).toBe(history.loss![0])
  expect(await readdir(folder)).toEqual(['1.safetensors'])
})

test('modelCheckpoint names mistakes before the first step', async () => {
  const fit = (options_: Parameters<typeof modelCheckpoint>[0]) =>
    newModel().fit(x, y, { ...options, callbacks: [modelCheckpoint(options_)] })
  await expect(fit({ path: join(folder, '{epch}.x') })).rejects.toThrow('"epch".\n  Did you mean "epoch"?')
  await expect(fit({ path: 'x', saveBestOnly: true, monitor: 'val_los', mode: 'min' })).rejects.toThrow(
    'modelCheckpoint: this training has no log "val_los".',
  )
  expect(() => modelCheckpoint({ path: '' })).toThrow(
    'modelCheckpoint: path must be a file\'s path, but "" came.',
  )
  await writeFile(join(folder, 'file'), '')
  await expect(fit({ path: join(folder, 'file', 'model') })).rejects.toThrow('cannot be written')
  expect(await readdir(folder)).toEqual(['file'])
})

test('csvLogger writes a line an epoch, and a resumed training goes on without epochs that are there twice', async () => {
  const path = join(folder, 'a', 'curves.csv')
  const withoutSeconds = async () => (await readFile(path, 'utf8')).replaceAll(/,[^,]*$/gm, '')
  const expected = await newModel().fit(x, y, { ...options, callbacks: [csvLogger(path)] })
  const whole = await withoutSeconds()
  expect(whole.split('\n')[0]).toBe('epoch,loss,accuracy,val_loss,val_accuracy,learning_rate')
  expect(whole.split('\n')[2]).toBe(
    ['2', ...Object.values(expected.history).map(values => values[1])].join(','),
  )

  const resume = await trainAndStop([csvLogger(path)], 2)
  // The process went on for longer than its last checkpoint knows, and was killed in the middle of a line.
  await writeFile(path, `${await readFile(path, 'utf8')}3,1,1,1,1,1,1\n4,0.5`)
  await newModel().fit(x, y, { ...options, callbacks: [csvLogger(path)], resume })
  expect(await withoutSeconds()).toBe(whole)
})

test('csvLogger begins anew where its file is gone, and refuses one with other columns', async () => {
  const path = join(folder, 'curves.csv')
  const resume = await trainAndStop([], 2)
  const goOn = () => newModel().fit(x, y, { ...options, callbacks: [csvLogger(path)], resume })
  await goOn()
  expect((await readFile(path, 'utf8')).split('\n').map(line => line.split(',')[0])).toEqual([
    'epoch',
    '3',
    '4',
    '',
  ])
  await writeFile(path, 'epoch,loss\n1,2\n')
  await expect(goOn()).rejects.toThrow(
    `${path}: its columns are epoch,loss, but this training has epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds.\n  Move the file away, or name another one.`,
  )
  expect(await readFile(path, 'utf8')).toBe('epoch,loss\n1,2\n')
  await mkdir(join(folder, 'b'))
  await expect(
    newModel().fit(x, y, { ...options, callbacks: [csvLogger(join(folder, 'b'))] }),
  ).rejects.toThrow('cannot be written')
})

/** All events of one run, file after file. */
async function eventsIn(run: string) {
  const names = (await readdir(join(folder, run))).sort()
  expect(names.every(name => name.startsWith('events.out.tfevents.'))).toBe(true)
  const files = await Promise.all(names.map(name => readFile(join(folder, run, name))))
  return files.flatMap(file => readEvents(file))
}

test('tensorBoard writes logs of epochs and steps, and the distribution of weights', async () => {
  const model = newModel()
  const board = tensorBoard({ folder, everySteps: 3, histograms: 2, now: () => 1_700_000_000.5 })
  const { history } = await model.fit(x, y, { ...options, callbacks: [board] })
  const [version, ...epochs] = await eventsIn('train')
  expect(version).toEqual({ time: 1_700_000_000.5, step: 0, version: 'brain.Event:2', values: {} })
  expect(epochs.map(({ step }) => step)).toEqual([0, 1, 2, 3])
  for (const { step, values } of epochs) {
    const logs = {
      epoch_loss: history.loss![step],
      epoch_accuracy: history.accuracy![step],
      epoch_learning_rate: history.learning_rate![step],
    }
    expect(values).toMatchObject(mapped(logs, value => Math.fround(value!)))
    expect(Object.keys(values).length).toBe(step % 2 === 0 ? 3 + model.weights.length : 3)
  }
  const kernel = epochs[0]!.values['dense/kernel'] as ReadHistogram
  expect(kernel.num).toBe(20)
  expect(kernel.buckets.reduce((sum, count) => sum + count, 0)).toBe(20)
  const validation = (await eventsIn('validation')).slice(1)
  expect(validation.map(({ values }) => values.epoch_loss)).toEqual(history.val_loss!.map(Math.fround))
  const steps = (await eventsIn('steps')).slice(1)
  expect(steps.map(({ step }) => step)).toEqual([3, 6, 9, 12, 15])
  expect(Object.keys(steps[0]!.values)).toEqual(['batch_loss', 'batch_accuracy', 'batch_learning_rate'])
})

const mapped = <T, R>(from: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]))

test('a resumed training tells TensorBoard where it goes on', async () => {
  const resume = await trainAndStop([tensorBoard({ folder })], 2)
  await newModel().fit(x, y, { ...options, callbacks: [tensorBoard({ folder })], resume })
  const events = await eventsIn('train')
  expect(events.map(({ step, session, version }) => version ?? session ?? step)).toEqual([
    ...['brain.Event:2', 0, 1],
    ...['brain.Event:2', 1, 2, 3],
  ])
  expect(events.find(({ session }) => session === 1)!.step).toBe(2)
})

test('tensorBoard names mistakes', () => {
  expect(() => tensorBoard({ folder: '' })).toThrow(
    'tensorBoard: folder must be a folder\'s path, but "" came.',
  )
  expect(() => tensorBoard({ folder: 'x', everySteps: -1 })).toThrow(
    'everySteps must be a whole number of at least 0',
  )
  expect(() => tensorBoard({ folder: 'x', foldr: 1 } as never)).toThrow('Did you mean "folder"?')
})
