import { afterEach, beforeEach, expect, test } from 'vitest'
import { FoveaError } from '../base/errors.js'
import { currentPlatform, type Platform, usePlatform } from '../base/platform.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { nodePlatform } from '../node/platform.js'
import type { Checkpoint } from './checkpoint.js'
import type { Model } from './model.js'
import { adam } from './optimizers/index.js'
import { quiet, tinyData, tinyModel, weightsOf } from './tiny.fixture.js'

const bare = currentPlatform()
const { x, y } = tinyData(120)
const stepsPerEpoch = 30
const options = { ...quiet, batchSize: 4, epochs: 3 }

/** Pools of threads are kept by size: each test has one of its own, so that it begins with new threads. */
let cores = 1
beforeEach(() => {
  cores++
  usePlatform({ ...nodePlatform, cores })
})
afterEach(() => usePlatform(bare))

const newModel = (): Model =>
  tinyModel({ rate: 0.2 }, { backend: wasmBackend, optimizer: adam({ learningRate: 0.01 }) })

/** From now on each second thread that is started dies in run `fatal`, counted from 1. */
function mortalThreads(fatal: number): void {
  const death = `if (message.thread === 1 && ++runs === ${fatal}) throw new Error('out of luck')`
  const spawn: Platform['spawn'] = source =>
    nodePlatform.spawn!(`let runs = 0\n${source.replace("case 'run': {", `case 'run': { ${death}`)}`)
  usePlatform({ ...nodePlatform, cores, spawn })
}

const immortalThreads = () => usePlatform({ ...nodePlatform, cores })

/** Trains until so many steps are done. */
async function trainedFor(steps: number): Promise<Model> {
  const model = newModel()
  let done = 0
  const count = { onBatchEnd: (_: unknown, { stop }: { stop(): void }) => void (++done === steps && stop()) }
  await model.fit(x, y, { ...options, callbacks: [count] })
  return model
}

test('a thread that dies ends fit; the model is back at a step whose numbers belong together, and trains on', async () => {
  mortalThreads(50)
  const model = newModel()
  const fitting = model.fit(x, y, options)
  await expect(fitting).rejects.toBeInstanceOf(FoveaError)
  await expect(fitting).rejects.toThrow(
    `Thread 2 of ${cores} failed: Error: out of luck. This ended training at epoch 2, step 20.\n` +
      '  The model is back where it was before epoch 2, step 3, and can be used on: new threads are started. Files are as they were.',
  )
  immortalThreads()
  const stopped = await trainedFor(stepsPerEpoch + 2)
  expect(weightsOf(model)).toEqual(weightsOf(stopped))
  // The age of the optimizer and the order of the rows are those of that step, too.
  await model.fit(x, y, { ...options, epochs: 1 })
  await stopped.fit(x, y, { ...options, epochs: 1 })
  expect(weightsOf(model)).toEqual(weightsOf(stopped))
})

test('the last checkpoint leads to the bits of training that nothing interrupted', async () => {
  const saved: Checkpoint[] = []
  const checkpoint = { save: async (state: Checkpoint) => void saved.push(state) }
  mortalThreads(80)
  const model = newModel()
  await expect(model.fit(x, y, { ...options, checkpoint })).rejects.toThrow('at epoch 3, step 20')
  expect(saved).toHaveLength(2)
  immortalThreads()
  await model.fit(x, y, { ...options, resume: saved[1]! })
  const whole = newModel()
  await whole.fit(x, y, options)
  expect(weightsOf(model)).toEqual(weightsOf(whole))
})

test('a thread that dies while measuring or predicting leaves the weights alone', async () => {
  mortalThreads(stepsPerEpoch + 1)
  const model = newModel()
  await model.fit(x, y, { ...options, epochs: 1 })
  const trained = weightsOf(model)
  await expect(model.evaluate(x, y)).rejects.toThrow(`Thread 2 of ${cores} failed: Error: out of luck.`)
  expect(weightsOf(model)).toEqual(trained)
  immortalThreads()
  const [loss] = await model.evaluate(x, y)
  expect(loss).toBeGreaterThan(0)
  expect(weightsOf(model)).toEqual(trained)
})

test('weights that are set after the loss are those that are used', async () => {
  mortalThreads(5)
  const model = newModel()
  const first = model.getWeights()
  await expect(model.fit(x, y, options)).rejects.toThrow('epoch 1, step 5')
  first.get('dense/kernel')!.data.fill(0.25)
  model.setWeights(first)
  first.get('dense/kernel')!.data.fill(9)
  immortalThreads()
  await model.predict(x)
  expect(weightsOf(model)['dense/kernel']).toEqual(new Array(20).fill(0.25))
})

test('another model that had the same threads goes on with its own numbers and new ones', async () => {
  mortalThreads(2 * stepsPerEpoch)
  const bystander = newModel()
  await bystander.fit(x, y, { ...options, epochs: 1 })
  const trained = weightsOf(bystander)
  await expect(newModel().fit(x, y, options)).rejects.toThrow('out of luck')
  immortalThreads()
  expect(weightsOf(bystander)).toEqual(trained)
  expect((await bystander.predict(x)).shape).toEqual([120, 3])
})
