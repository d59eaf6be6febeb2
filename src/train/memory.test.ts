import { afterEach, expect, test, vi } from 'vitest'
import { MemoryError } from '../base/errors.js'
import { Tensor } from '../base/tensor.js'
import { wasmBackend } from '../engine/backends/wasm/wasm.js'
import { conv2d, dense, flatten } from '../nn/layers/index.js'
import { sequential } from '../nn/network.js'
import { resolveCompile } from './compile.js'
import { Sequential } from './sequential.js'
import { Session } from './session.js'
import { quiet } from './tiny.fixture.js'

const rows = 4096
const limit = 4 * 1024 ** 3

afterEach(() => vi.restoreAllMocks())

/** Pictures that cost nothing, and a network that makes a hundred times as many numbers of each. */
const x = new Tensor(new Uint8Array(rows * 64 * 64), [rows, 64, 64, 1])
const y = new Tensor(new Uint8Array(rows), [rows])

function wide(filters = 100): Sequential {
  const model = new Sequential([
    conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [64, 64, 1] }),
    conv2d({ filters: 1, kernelSize: 1 }),
    flatten(),
    dense({ units: 2, activation: 'softmax' }),
  ])
  model.compile({ loss: 'categoricalCrossentropy', backend: wasmBackend })
  return model
}

async function refusal(running: Promise<unknown>): Promise<MemoryError> {
  const error = await running.then(
    () => null,
    reason => reason,
  )
  expect(error).toBeInstanceOf(MemoryError)
  return error
}

test.each([
  ['fit', 'a training step', '1,024', (model: Sequential) => model.fit(x, y, { ...quiet, batchSize: rows })],
  [
    'evaluate',
    'an evaluation step',
    '2,048',
    (model: Sequential) => model.evaluate(x, y, { batchSize: rows }),
  ],
  ['predict', 'a prediction step', '2,048', (model: Sequential) => model.predict(x, { batchSize: rows })],
] as const)('%s says how much a batch needs, and the largest that fits', async (_, step, example, run) => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
  const { message, needed } = await refusal(run(wide()))
  expect(message).toMatch(
    new RegExp(
      `^Sequential "sequential": ${step} of 4,096 rows needs \\d+\\.\\d\\d GB of memory, but WebAssembly has 4\\.00 GB\\.\n` +
        `  Use a batch size of at most [\\d,]+, for example ${example}\\.$`,
    ),
  )
  expect(needed).toBeGreaterThan(limit)
  expect(grow).not.toHaveBeenCalled()
})

test('the batch size that is named fits, and one row more does not', async () => {
  const network = wide().network
  const compiled = resolveCompile({ loss: 'categoricalCrossentropy' })
  const setup = { network, compiled, backend: wasmBackend, deterministic: true }
  const session = await Session.open(setup)
  const { advice } = await refusal(session.step('train', rows))
  const largest = Number(/at most ([\d,]+)/.exec(advice!)![1]!.replaceAll(',', ''))
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('no') // asking is enough: nothing this large belongs into a test
  })
  const fitting = await refusal(session.step('train', largest))
  expect(fitting).toMatchObject({ limit: null })
  expect(fitting.needed).toBeLessThanOrEqual(limit)
  const beyond = await refusal(session.step('train', largest + 1))
  expect(beyond).toMatchObject({ limit })
  expect(beyond.needed).toBeGreaterThan(limit)
})

test('after a refusal the model works with the batch size that was named', async () => {
  const model = wide()
  await refusal(model.predict(x, { batchSize: rows }))
  expect((await model.predict(x.slice(0, 3), { batchSize: 2 })).shape).toEqual([3, 2])
})

test('where not even one row fits, no batch size is named', async () => {
  const [few, labels] = [x.slice(0, 2), y.slice(0, 2)]
  const model = wide(300_000)
  const two = await refusal(model.fit(few, labels, { ...quiet, batchSize: 2 }))
  expect(two.advice).toBe('Not even a single row fits: make the network or its pictures smaller.')
  const one = await refusal(model.predict(few, { batchSize: 1 }))
  expect(one.message).toContain('a prediction step of a single row needs')
  expect(one.advice).toBe('Make the network or its pictures smaller.')
})

test('a machine that gives no more names half the batch, and may be asked again', async () => {
  const model = wide()
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')
  })
  const { message } = await refusal(model.predict(x.slice(0, 8), { batchSize: 8 }))
  expect(message).toMatch(
    /a prediction step of 8 rows needs \d+\.\d\d MB of memory, but this machine does not give it\.\n {2}Use a smaller batch size: 4 needs \d+\.\d\d MB\.$/,
  )
  grow.mockRestore()
  expect((await model.predict(x.slice(0, 8), { batchSize: 8 })).shape).toEqual([8, 2])
})

test('weights and optimizer state that do not fit are told apart from batches', async () => {
  const network = sequential([dense({ units: 20_000, inputShape: [20_000] })])
  const adam = resolveCompile({ optimizer: 'adam', loss: 'meanSquaredError' })
  const setup = { network, compiled: adam, backend: wasmBackend, deterministic: true }
  const { message } = await refusal(Session.open(setup))
  expect(message).toBe(
    'Sequential "sequential": holding its weights and the optimizer\'s state needs 4.47 GB of memory, but WebAssembly has 4.00 GB.\n' +
      '  Make the network smaller, or choose an optimizer that keeps less: sgd without momentum keeps nothing.',
  )
})
