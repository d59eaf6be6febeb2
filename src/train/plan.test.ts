import { expect, test } from 'vitest'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import type { PlanOptions } from './plan.js'
import { float32Reference, quiet, tinyData, tinyModel, tinyNetwork, weightsOf } from './tiny.fixture.js'

const wasmModel = () => tinyModel({ rate: 0.5 }, { backend: wasmBackend, optimizer: 'adam' })

test('a plan lists the kernels of a step with their layers, and what they cost', async () => {
  const plan = await wasmModel().plan({ batchSize: 8 })
  const products = plan.kernels.filter(({ op }) => op === 'matmul')
  // 4 → 5 → 3: both products forward, of the second both gradients, of the first only that of its kernel.
  expect(products.map(({ label, output }) => [label, ...output])).toEqual([
    ['dense', 8, 5],
    ['dense_1', 8, 3],
    ['dense_1', 8, 5],
    ['dense_1', 5, 3],
    ['dense', 4, 5],
  ])
  expect(products.reduce((sum, { flop }) => sum + flop, 0)).toBe(2 * 8 * (2 * 4 * 5 + 3 * 5 * 3))
  expect(plan.flop).toBe(plan.kernels.reduce((sum, { flop }) => sum + flop, 0))
  expect(plan.bytes).toBeGreaterThan(0)
  // 43 weights, with two of Adam's numbers beside each.
  expect(plan.variables).toEqual({ numbers: 3 * 43, bytes: 4 * 3 * 43 })
  expect(plan).toMatchObject({ kind: 'train', batchSize: 8, threads: 1 })
  expect(plan).not.toHaveProperty('timing')
})

test("the kernels of the update carry the optimizer's name", async () => {
  const { kernels } = await wasmModel().plan()
  expect(new Set(kernels.filter(({ label }) => label === 'adam').map(({ op }) => op))).toEqual(
    new Set(['combine', 'adamStep']),
  )
  expect(kernels.filter(({ op }) => op === 'combine' || op === 'adamStep').map(({ label }) => label)).toEqual(
    new Array(12).fill('adam'),
  )
})

test('measuring gives every kernel a time and leaves the model as it is', async () => {
  const model = wasmModel()
  const { x, y } = tinyData()
  await model.fit(x, y, quiet)
  const before = weightsOf(model)
  const { kernels, timing } = await model.plan({ batchSize: 4, time: true })
  expect(kernels.every(({ milliseconds }) => milliseconds! >= 0)).toBe(true)
  expect(timing!.milliseconds).toBeGreaterThan(0)
  expect(timing!.runs).toBeGreaterThanOrEqual(5)
  expect(weightsOf(model)).toEqual(before)
})

test('a plan to predict needs no loss, and has neither gradients nor optimizer', async () => {
  const model = tinyNetwork()
  const plan = await model.plan({ kind: 'predict', batchSize: 1 })
  expect(plan.kernels.map(({ op }) => op)).toEqual(['matmul', 'matmul', 'softmax'])
  expect(plan.variables.numbers).toBe(43)
  const evaluation = await wasmModel().plan({ kind: 'evaluate', batchSize: 1 })
  expect(evaluation.kernels.map(({ op }) => op)).toEqual([
    'matmul',
    'matmul',
    'softmax',
    'softmaxCrossEntropy',
    'topK',
  ])
})

const refused = (options: object, model = tinyModel()) => model.plan(options as PlanOptions)

test('says what a plan cannot be made of', async () => {
  await expect(refused({}, tinyNetwork())).rejects.toThrow('is not compiled, but plan needs a loss.')
  await expect(refused({ kind: 'predcit' })).rejects.toThrow('Did you mean "predict"?')
  await expect(refused({ batchSize: 0 })).rejects.toThrow('plan: batchSize must be a whole number')
  await expect(refused({ threads: 0 })).rejects.toThrow('threads must be a whole number')
  await expect(refused({ time: 'yes' })).rejects.toThrow('plan: time must be true or false')
  await expect(refused({ rows: 3 })).rejects.toThrow('plan: unknown option "rows".')
  await expect(tinyModel({}, { backend: float32Reference }).plan({ time: true })).rejects.toThrow(
    'cannot measure its kernels.\n  Compile the model without a backend of its own',
  )
})
