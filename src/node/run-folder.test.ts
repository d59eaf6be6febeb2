import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hearNotices } from '../base/notices.js'
import { Tensor } from '../base/tensor.js'
import { decodeSafetensors } from '../io/safetensors/decode.js'
import { encodeSafetensors } from '../io/safetensors/encode.js'
import { dense } from '../nn/layers/index.js'
import { initialWeights, sequential } from '../nn/network.js'
import type { Checkpoint, TrainingState } from '../train/checkpoint.js'
import type { BeginEvent, EndEvent, EpochEvent } from '../train/events.js'
import { historyOf } from '../train/history.js'
import { ValidationRows } from '../train/validation-rows.js'
import { RunFolder } from './run-folder.js'
import { lastRunNumber } from './run-paths.js'

let parent: string
let path: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fovea-runs-'))
  path = join(parent, 'runs', 'shapes-small-1')
})

afterEach(() => rmSync(parent, { recursive: true, force: true }))

const network = sequential([dense({ units: 2, inputShape: [3] })])

/** Where training stands after so many epochs; their losses are 3, 2, 1, … */
const stateAfter = (epochs: number, best = epochs - 1): TrainingState => ({
  seed: 4,
  batchSize: 8,
  trainRows: 16,
  epoch: epochs,
  step: 0,
  totalSteps: 2 * epochs,
  totalEpochs: epochs,
  learningRate: 0.01,
  sums: { rows: 0, sums: {} },
  history: {
    epoch: Array.from({ length: epochs }, (_, epoch) => epoch),
    history: { loss: Array.from({ length: epochs }, (_, epoch) => 3 - epoch) },
  },
  best: epochs === 0 ? null : { epoch: best, monitor: 'loss', value: 3 - best },
})

const checkpointAfter = (epochs: number): Checkpoint => ({
  weights: initialWeights(network, epochs),
  optimizer: new Map([['sgd/velocity/dense/bias', new Tensor(Float32Array.of(epochs, 0), [2])]]),
  state: stateAfter(epochs),
})

const begin: BeginEvent = {
  type: 'begin',
  epochs: 3,
  initialEpoch: 0,
  stepsPerEpoch: 2,
  batchSize: 8,
  trainRows: 16,
  validationRows: 0,
  threads: 1,
  device: 'reference',
  bytes: 100,
  seed: 4,
}
const epochEvent = (epoch: number): EpochEvent => ({
  type: 'epoch',
  epoch,
  logs: { loss: 3 - epoch },
  seconds: 1.5,
  imagesPerSecond: 10,
  best: true,
})
/** With rows that tell the epoch: all losses are its number. */
const withRows = (epoch: number, rows = 3): EpochEvent => ({
  ...epochEvent(epoch),
  validation: new ValidationRows(
    new Float32Array(rows).fill(epoch),
    Uint8Array.of(...new Array(rows).fill(7)),
  ),
})
const end: EndEvent = { type: 'end', reason: 'done', epochs: 3, seconds: 5, bestEpoch: 2, logs: { loss: 1 } }

const linesOf = (run: RunFolder): unknown[] =>
  readFileSync(run.file('history'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)

test('a run keeps its configuration, events and checkpoints', async () => {
  const run = await RunFolder.create(path, { dataset: 'shapes' })
  await run.record(begin)
  await run.record(epochEvent(0))
  await run.save(checkpointAfter(1), { best: true }, { network, classNames: ['a', 'b'] })
  const opened = await RunFolder.open(path)
  expect(await opened.config()).toEqual({ dataset: 'shapes' })
  expect(linesOf(opened)).toEqual([begin, epochEvent(0)])
  expect(await opened.checkpoint()).toEqual({
    ...checkpointAfter(1),
    bestWeights: checkpointAfter(1).weights,
  })
  expect(readdirSync(path).sort()).toEqual([
    'best.safetensors',
    'config.json',
    'history.jsonl',
    'last.safetensors',
  ])
})

test('best weights stay when a later epoch is not the best', async () => {
  const run = await RunFolder.create(path, {})
  await run.save(checkpointAfter(1), { best: true }, { network })
  const later = { ...checkpointAfter(2), state: stateAfter(2, 0) }
  await run.save(later, { best: false }, { network })
  expect(await run.checkpoint()).toEqual({ ...later, bestWeights: checkpointAfter(1).weights })
})

test('best weights of an epoch the last checkpoint does not know are left out', async () => {
  const run = await RunFolder.create(path, {})
  await run.save(checkpointAfter(1), { best: true }, { network })
  const last = readFileSync(run.file('last'))
  await run.save(checkpointAfter(2), { best: true }, { network })
  writeFileSync(run.file('last'), last) // as if the process had ended between the two files
  expect(await run.checkpoint()).toEqual(checkpointAfter(1))
})

test('going back keeps the events the checkpoint knows, and no half-written files', async () => {
  const run = await RunFolder.create(path, {})
  for (const event of [begin, epochEvent(0), epochEvent(1), epochEvent(2), end]) await run.record(event)
  writeFileSync(join(path, 'last.safetensors.99-1.tmp'), 'half')
  await run.goBackTo(stateAfter(2))
  expect(linesOf(run)).toEqual([begin, epochEvent(0), epochEvent(1)])
  expect(existsSync(join(path, 'last.safetensors.99-1.tmp'))).toBe(false)
})

test('a torn or missing line is made up for from the checkpoint', async () => {
  const run = await RunFolder.create(path, {})
  writeFileSync(
    run.file('history'),
    `${JSON.stringify(begin)}\n${JSON.stringify(epochEvent(0))}\n{"type":"epo`,
  )
  await run.goBackTo(stateAfter(2))
  expect(linesOf(run)).toEqual([begin, epochEvent(0), { ...epochEvent(1), seconds: 0, imagesPerSecond: 0 }])
  rmSync(run.file('history'))
  await run.goBackTo(stateAfter(2))
  expect(historyOf(linesOf(run) as EpochEvent[]).snapshot()).toEqual({
    history: stateAfter(2).history,
    best: stateAfter(2).best,
  })
})

test('a run is never written over', async () => {
  await RunFolder.create(path, {})
  await expect(RunFolder.create(path, {})).rejects.toThrow(
    `${path}: there is a run in this folder already (config.json).\n  Go on with it: npx fovea train --resume ${path}.`,
  )
})

test('a folder without a run in it may be used', async () => {
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'notes.txt'), 'mine')
  const run = await RunFolder.create(path, { a: 1 })
  expect(await run.config()).toEqual({ a: 1 })
})

test('a run that is removed leaves what is not its own', async () => {
  const run = await RunFolder.create(path, {})
  for (const event of [begin, withRows(0)]) await run.record(event)
  await run.remove()
  expect(existsSync(path)).toBe(false)
  const other = await RunFolder.create(path, {})
  writeFileSync(join(path, 'notes.txt'), 'mine')
  await other.remove()
  expect(readdirSync(path)).toEqual(['notes.txt'])
})

test('names count on from the largest', async () => {
  const runs = join(parent, 'runs')
  expect(await lastRunNumber(runs, 'shapes-small')).toBe(0)
  for (const name of ['shapes-small-2', 'shapes-small-10', 'shapes-small-x', 'shapes-11'])
    mkdirSync(join(runs, name), { recursive: true })
  expect(await lastRunNumber(runs, 'shapes-small')).toBe(10)
})

test('what is not a run is said, and the nearest name offered', async () => {
  await RunFolder.create(path, {})
  await expect(RunFolder.open(join(parent, 'runs', 'shape-small-1'))).rejects.toThrow(
    `no such file or folder.\n  Did you mean "${path}"?`,
  )
  writeFileSync(join(parent, '.photos-1.lock'), '')
  await expect(RunFolder.open(join(parent, 'photos-1'))).rejects.toThrow('Give a run folder (runs/NAME)')
  await expect(RunFolder.open(parent)).rejects.toThrow(`${parent}: not a run folder (it has no config.json).`)
})

test('a run without a checkpoint begins anew, with an empty history', async () => {
  const run = await RunFolder.create(path, {})
  await run.record({ type: 'checkpoint', epoch: 0, step: 1 })
  expect(await run.checkpoint()).toBeNull()
  await run.goBackTo(null)
  expect(readFileSync(join(path, 'history.jsonl'), 'utf8')).toBe('')
})

test('a place that cannot be written is named', async () => {
  writeFileSync(join(parent, 'file'), '')
  await expect(RunFolder.create(join(parent, 'file', 'run'), {})).rejects.toThrow(
    `${join(parent, 'file', 'run')} cannot be written: a part of the path is a file, not a folder.`,
  )
})

test('files that were changed by hand are refused with what is wrong', async () => {
  const run = await RunFolder.create(path, {})
  writeFileSync(run.file('config'), '{')
  await expect(run.config()).rejects.toThrow(`${run.file('config')}: not JSON`)
  const wrong = { ...stateAfter(1), step: 'three' } as unknown as TrainingState
  await run.save({ ...checkpointAfter(1), state: wrong }, { best: true }, { network })
  await expect(run.checkpoint()).rejects.toThrow('"step" should be a number, but is "three"')
  const short = { ...stateAfter(1), history: { epoch: [0], history: { loss: [] } } }
  await run.save({ ...checkpointAfter(1), state: short }, { best: true }, { network })
  await expect(run.checkpoint()).rejects.toThrow('"history" has 1 epochs, but 0 values of "loss"')
  const nameless = { ...stateAfter(1), augment: [{ p: 0.5 }] } as unknown as TrainingState
  await run.save({ ...checkpointAfter(1), state: nameless }, { best: true }, { network })
  await expect(run.checkpoint()).rejects.toThrow(
    '"augment" should be a list of names with options, but is [{"p":0.5}]',
  )
  const weightless = { ...stateAfter(1), classWeight: 'balanced' } as unknown as TrainingState
  await run.save({ ...checkpointAfter(1), state: weightless }, { best: true }, { network })
  await expect(run.checkpoint()).rejects.toThrow(
    '"classWeight" should be a list of numbers, but is "balanced"',
  )
  const weighted = { ...stateAfter(1), classWeight: [0.1, 2 / 3] }
  await run.save({ ...checkpointAfter(1), state: weighted }, { best: true }, { network })
  expect((await run.checkpoint())!.state).toEqual(weighted)
})

test('the rows of the validation part are kept, a file an epoch, and come back by epoch', async () => {
  const run = await RunFolder.create(path, {})
  expect(await run.validationRows()).toEqual(new Map())
  const many = new ValidationRows(Float32Array.of(0.25, -0), Int32Array.of(300, 2))
  for (const event of [begin, withRows(0), { ...epochEvent(1), validation: many }]) await run.record(event)
  expect(readdirSync(join(path, 'validation')).sort()).toEqual([
    'epoch-0001.safetensors',
    'epoch-0002.safetensors',
  ])
  const { tensors } = decodeSafetensors(readFileSync(join(path, 'validation', 'epoch-0001.safetensors')), '')
  expect(tensors.get('loss')).toEqual(new Tensor(Float32Array.of(0, 0, 0), [3]))
  expect(tensors.get('predicted')).toEqual(new Tensor(Uint8Array.of(7, 7, 7), [3]))
  expect(await run.validationRows()).toEqual(
    new Map([
      [0, withRows(0).validation],
      [1, many],
    ]),
  )
  expect(linesOf(run)).toEqual([begin, epochEvent(0), epochEvent(1)])
})

test('going back removes the rows of epochs the checkpoint does not know', async () => {
  const run = await RunFolder.create(path, {})
  for (const event of [begin, withRows(0), withRows(1), withRows(2)]) await run.record(event)
  writeFileSync(join(path, 'validation', 'epoch-0004.safetensors.99-1.tmp'), 'half')
  writeFileSync(join(path, 'validation', 'notes.txt'), 'mine')
  await run.goBackTo(stateAfter(2))
  expect([...(await run.validationRows()).keys()]).toEqual([0, 1])
  expect(readdirSync(join(path, 'validation')).sort()).toEqual([
    'epoch-0001.safetensors',
    'epoch-0002.safetensors',
    'notes.txt',
  ])
  await run.goBackTo(null)
  expect(readdirSync(join(path, 'validation'))).toEqual(['notes.txt'])
})

test('the history of a run has its curves, its rows and its end; a torn last line is passed over', async () => {
  const run = await RunFolder.create(path, {})
  const last: EndEvent = { ...end, reason: 'diverged', message: 'loss became NaN' }
  for (const event of [begin, withRows(0), epochEvent(1), last]) await run.record(event)
  writeFileSync(run.file('history'), '{"type":"epo', { flag: 'a' })
  const history = await run.history()
  expect(history.history).toEqual({ loss: [3, 2] })
  expect(history.params).toEqual({ epochs: 3, steps: 2 })
  expect(history.validation).toEqual([withRows(0).validation, undefined])
  expect(history.diverged).toBe('loss became NaN')
  await run.goBackTo(stateAfter(2))
  expect((await run.history()).diverged).toBeNull()
})

test('a run without a finished epoch has no history, and says what to do', async () => {
  const run = await RunFolder.create(path, {})
  await expect(run.history()).rejects.toThrow(
    `${path}: this run has no history yet, so there are no curves.\n` +
      `  Train on until an epoch is done: npx fovea train --resume ${path}`,
  )
  writeFileSync(run.file('history'), '')
  await expect(run.history()).rejects.toThrow(`${path}: this run has no finished epoch yet`)
  await run.record(begin)
  await expect(run.history()).rejects.toThrow(`${path}: this run has no finished epoch yet`)
})

test.each([
  ['not JSON', '{"type":'],
  ['no event', '{"loss":1}'],
  ['an epoch without numbers', '{"type":"epoch","epoch":0,"logs":{"loss":"low"}}'],
])('a history with a line that is %s is refused', async (_, line) => {
  const run = await RunFolder.create(path, {})
  writeFileSync(run.file('history'), `${JSON.stringify(begin)}\n${line}\n${JSON.stringify(epochEvent(0))}\n`)
  await expect(run.history()).rejects.toThrow(`${run.file('history')}: line 2 is not an event of training.`)
})

test('rows that do not belong together are left out, naming the file; the curves stay', async () => {
  const heard: string[] = []
  const stop = hearNotices(sentence => heard.push(sentence))
  const run = await RunFolder.create(path, {})
  await run.record(withRows(0))
  const file = join(path, 'validation', 'epoch-0001.safetensors')
  const write = (tensors: [string, Tensor][]) => writeFileSync(file, encodeSafetensors(new Map(tensors), {}))
  write([['loss', new Tensor(Float32Array.of(1), [1])]])
  expect(await run.validationRows()).toEqual(new Map())
  write([
    ['loss', new Tensor(Float32Array.of(1), [1])],
    ['predicted', new Tensor(Uint8Array.of(1, 2), [2])],
  ])
  const history = await run.history()
  stop()
  expect(history.epoch).toEqual([0])
  expect(history.validation).toEqual([undefined])
  expect(heard).toEqual([
    `${file}: it should hold "predicted" as U8 or I32. It is left out.`,
    `${file}: "loss" has 1 rows, but "predicted" has 2. It is left out.`,
  ])
})
