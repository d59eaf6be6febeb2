import { expect, test, vi } from 'vitest'
import { FoveaError } from '../base/errors.js'
import { Tensor } from '../base/tensor.js'
import { input } from '../nn/functional.js'
import { add, conv2d, dense, flatten } from '../nn/layers/index.js'
import * as metrics from '../nn/metrics.js'
import type { CompileOptions } from './compile.js'
import type { FitOptions } from './fit-options.js'
import { Model } from './model.js'
import { adam, sgd } from './optimizers/index.js'
import { Sequential } from './sequential.js'
import { float32Reference, quiet, tinyData, tinyModel, tinyNetwork, weightsOf } from './tiny.fixture.js'

const { x, y } = tinyData()
const floats = (...shape: number[]) =>
  new Tensor(new Float32Array(shape.reduce((product, length) => product * length, 1)), shape)

const refuses = async (training: Promise<unknown>, message: string) => {
  const error = await training.then(
    () => undefined,
    reason => reason,
  )
  expect(error).toBeInstanceOf(FoveaError)
  expect(error.message).toBe(message)
}

test('fit and evaluate ask for compile first', async () => {
  const advice = "\n  Call model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' }) first."
  await refuses(
    tinyNetwork().fit(x, y),
    `Sequential "sequential" is not compiled, but fit needs a loss.${advice}`,
  )
  await refuses(
    tinyNetwork().evaluate(x, y),
    `Sequential "sequential" is not compiled, but evaluate needs a loss.${advice}`,
  )
})

test('compile offers the nearest name', () => {
  const model = tinyNetwork()
  const loss = 'categoricalCrossentropy'
  // Names come from people who may not use TypeScript.
  const named = (name: string) => name as 'sgd'
  expect(() => model.compile({ loss, optimizer: named('sdg') })).toThrow(
    'Unknown optimizer "sdg".\n  Did you mean "sgd"?',
  )
  expect(() => model.compile({ loss: named('crossentropy') as unknown as typeof loss })).toThrow(
    /^Unknown loss/,
  )
  expect(() => model.compile({ loss, metrics: ['acuracy'] })).toThrow(
    'Unknown metric "acuracy".\n  Did you mean "accuracy"?',
  )
  expect(() => model.compile({ loss, metrics: ['accuracy', 'acc'] })).toThrow(
    'compile: the metric "accuracy" is listed twice.\n  List it once.',
  )
})

test('compile refuses metrics that are none', () => {
  const compile = (metrics: unknown) => () =>
    tinyNetwork().compile({ loss: 'categoricalCrossentropy', metrics: metrics as string[] })
  expect(compile('accuracy')).toThrow(
    `compile: metrics must be a list, but "accuracy" came.\n  For example metrics: ['accuracy'].`,
  )
  expect(compile([null])).toThrow('compile: a metric must be a name or one of metrics, but null came.')
  expect(compile([metrics.accuracy])).toThrow('one of metrics, but function came.')
})

test.each([
  'Accuracy',
  'acc',
  'categorical_accuracy',
  'sparse_categorical_accuracy',
])('the metric %s is accuracy', async name => {
  const model = tinyNetwork()
  model.compile({ loss: 'categoricalCrossentropy', metrics: [name] })
  expect(Object.keys((await model.evaluateDetailed(x, y)).logs)).toEqual(['loss', 'accuracy'])
})

test('evaluate and predict refuse options they do not have', async () => {
  const model = tinyModel()
  await refuses(
    model.evaluate(x, y, { batch_size: 4 } as object),
    'evaluate: unknown option "batch_size".\n  Did you mean "batchSize"?',
  )
  await refuses(
    model.predict(x, null as never),
    'predict: the options must be an object, but null came.\n  Known: batchSize, threads, testTime.',
  )
  await refuses(
    model.evaluate(x, y, { testTime: true as never }),
    'Unknown testTime: a name was expected, but true came.\n  Known: none, flip, flip+shift.',
  )
})

test('what is no tensor is refused, with how to make one', async () => {
  const advice = '\n  Make one: new Tensor(Float32Array.from(numbers), [rows, …]).'
  const model = tinyModel()
  await refuses(
    model.predict([[1, 2]] as never),
    `Sequential "sequential": x must be a Tensor, but a list came.${advice}`,
  )
  await refuses(
    model.fit(x, undefined as never),
    `Sequential "sequential": y must be a Tensor, but undefined came.${advice}`,
  )
  await refuses(
    model.evaluate(x, new Float32Array(10) as never),
    `Sequential "sequential": y must be a Tensor, but a Float32Array came.${advice}`,
  )
})

test('class numbers with a head of one value say what is missing, not that they are one-hot', async () => {
  const model = new Sequential([dense({ units: 1, activation: 'softmax', inputShape: [3] })])
  model.compile({ loss: 'sparseCategoricalCrossentropy' })
  const data = new Tensor(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])
  await refuses(
    model.fit(data, new Tensor(Float32Array.of(0, 1), [2])),
    'Dense "dense" makes 1 value per sample, but loss "sparseCategoricalCrossentropy" takes one for each class.\n  Set units to the number of classes, 2 at least.',
  )
})

test('classes that do not match the head', async () => {
  const twelve = new Tensor(
    Uint8Array.from({ length: 10 }, (_, i) => i + 2),
    [10],
  )
  const message =
    'Dense "dense_1" makes 3 values per sample, but the labels have 12 classes.\n  Set units: 12, or check the labels.'
  await refuses(tinyModel().fit(x, twelve, quiet), message)
  await refuses(tinyModel().evaluate(x, twelve), message)
  await refuses(tinyModel().fit(x, floats(10, 12), quiet), message)
})

test('pictures of another shape', async () => {
  const message =
    'Sequential "sequential" takes 2×2×1 per sample, but x has 3×3×1 (x is 10×3×3×1).\n' +
    '  Reshape x, or set inputShape: [3, 3, 1] in the first layer.'
  await refuses(tinyModel().fit(floats(10, 3, 3, 1), y, quiet), message)
  await refuses(tinyModel().predict(floats(10, 3, 3, 1)), message)
  await refuses(
    tinyModel().fit(x, y, { ...quiet, validationData: [floats(1, 2, 2, 3), y.slice(0, 1)] }),
    'Sequential "sequential" takes 2×2×1 per sample, but validation x has 2×2×3 (validation x is 1×2×2×3).\n' +
      '  Reshape validation x, or set inputShape: [2, 2, 3] in the first layer.',
  )
})

test('rows that do not match, and no rows', async () => {
  await refuses(
    tinyModel().fit(x, y.slice(0, 9), quiet),
    'Sequential "sequential": x has 10 rows, but y has 9.\n  Give one row of y for every row of x.',
  )
  await refuses(
    tinyModel().predict(x.slice(0, 0)),
    'Sequential "sequential": x has no rows.\n  Give at least one.',
  )
})

test('labels that are no classes', async () => {
  await refuses(
    tinyModel().fit(x.slice(0, 2), new Tensor(Float32Array.of(0, 1.5), [2]), quiet),
    'y: row 1 has the label 1.5, but a class is a whole number from 0 on.\n  Number the classes from 0.',
  )
  await refuses(
    tinyModel().fit(x.slice(0, 2), new Tensor(Int32Array.of(-1, 1), [2]), quiet),
    'y: row 0 has the label -1, but a class is a whole number from 0 on.\n  Number the classes from 0.',
  )
  const rows = floats(10, 3)
  rows.data[7] = Number.NaN
  await refuses(
    tinyModel().fit(x, rows, quiet),
    'y: row 2 holds NaN, which is no finite number.\n  Leave such rows out.',
  )
  await refuses(
    tinyModel({}, { loss: 'sparseCategoricalCrossentropy' }).fit(x, floats(10, 3), quiet),
    'Loss "sparseCategoricalCrossentropy" takes one class number per sample, but y is 10×3.\n' +
      '  Use the loss "categoricalCrossentropy" for one-hot labels.',
  )
  await refuses(
    tinyModel({}, { loss: 'meanSquaredError' }).fit(x, floats(10, 5), quiet),
    'Dense "dense_1" makes 3 per sample, but y has 5.\n  Make the last layer and the targets of one shape.',
  )
})

const badOptions: readonly [FitOptions, string][] = [
  [{ batchSize: 0 }, 'fit: batchSize must be a whole number of at least 1, but 0 came.'],
  [{ batchSize: 2.5 }, 'fit: batchSize must be a whole number of at least 1, but 2.5 came.'],
  [{ epochs: Number.NaN }, 'fit: epochs must be a whole number of at least 1, but NaN came.'],
  [{ epochs: 0 }, 'fit: epochs must be a whole number of at least 1, but 0 came.'],
  [{ threads: 0 }, 'fit: threads must be a whole number of at least 1, but 0 came.'],
  [{ seed: -1 }, 'fit: seed must be a whole number of at least 0, but -1 came.'],
  [
    { checkpoint: { everySeconds: 0, save: async () => undefined } },
    'fit: checkpoint.everySeconds must be a number above 0, but 0 came.',
  ],
]

test.each(badOptions)('fit refuses %o', async (options, message) => {
  await refuses(tinyModel().fit(x, y, { ...quiet, ...options }), message)
})

test.each([
  -0.1,
  1,
  Number.NaN,
  1e-17,
  0.99,
])('fit refuses a validationSplit of %d of ten rows', async validationSplit => {
  await expect(tinyModel().fit(x, y, { ...quiet, validationSplit })).rejects.toThrow(/^validationSplit/)
})

test('a learning rate that became NaN is refused when compiled', () => {
  const model = tinyModel()
  model.optimizer!.learningRate = Number.NaN
  expect(() => model.compile({ loss: 'meanSquaredError', optimizer: model.optimizer! })).toThrow(
    'sgd: learningRate must be a finite number above 0, but NaN came.',
  )
})

test('setWeights wants exactly the weights of the network', () => {
  const model = tinyNetwork()
  const weights = model.getWeights()
  expect([...weights.keys()]).toEqual(['dense/kernel', 'dense/bias', 'dense_1/kernel', 'dense_1/bias'])
  expect(() => model.setWeights(new Map(weights).set('dense/bais', floats(5)))).toThrow(
    'Unknown weight "dense/bais".\n  Did you mean "dense/bias"?',
  )
  expect(() => model.setWeights(new Map(weights).set('dense/kernel', floats(5, 4)))).toThrow(
    'Dense "dense": the weight "dense/kernel" must be 4×5, but 5×4 came.\n  Use weights of a network with the same layers.',
  )
  weights.delete('dense_1/bias')
  expect(() => model.setWeights(weights)).toThrow(
    'Dense "dense_1" needs the weight "dense_1/bias", which did not come.\n  Give all weights.',
  )
})

test('what getWeights gives is a copy, on a device or not', async () => {
  const model = tinyModel()
  for (const open of [async () => undefined, () => model.predict(x)]) {
    await open()
    const before = weightsOf(model)
    model.getWeights().get('dense/kernel')!.data.fill(9)
    expect(weightsOf(model)).toEqual(before)
  }
})

test('what setWeights took is a copy', () => {
  const model = tinyModel()
  const weights = model.getWeights()
  model.setWeights(weights)
  const before = weightsOf(model)
  weights.get('dense/kernel')!.data.fill(9)
  expect(weightsOf(model)).toEqual(before)
})

test('weights survive a change of threads, of the optimizer and of the backend', async () => {
  const model = tinyModel()
  await model.fit(x, y, { ...quiet, threads: 1 })
  const trained = weightsOf(model)
  await model.predict(x, { threads: 2 })
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError', backend: { ...float32Reference } })
  await model.evaluate(x, y)
  expect(weightsOf(model)).toEqual(trained)
})

test('nobody reads weights while a step changes them, and fit is not called twice at once', async () => {
  const model = tinyModel()
  const training = model.fit(x, y, quiet)
  await refuses(model.fit(x, y, quiet), 'Model: fit is already under way.\n  Await it before the next.')
  await training
  const running = model.predict(x)
  let refused: unknown
  for (let turn = 0; turn < 100 && !refused; turn++) {
    await Promise.resolve()
    try {
      model.getWeights()
    } catch (error) {
      refused = error
    }
  }
  expect(String(refused)).toContain('Model: the weights are changing, because a step is under way.')
  await running
})

test('a model that has rested goes on to the same numbers', async () => {
  const trained = async (rests: boolean) => {
    const model = tinyModel({ seed: 3 }, { optimizer: adam(), backend: float32Reference })
    await model.fit(x, y, { ...quiet, epochs: 1 })
    if (rests) await model.rest()
    if (rests) await model.rest()
    const before = await model.predict(x)
    await model.fit(x, y, { ...quiet, epochs: 2 })
    return { before: [...before.data], weights: weightsOf(model) }
  }
  expect(await trained(true)).toEqual(await trained(false))
})

test('nothing rests that is at work', async () => {
  const model = tinyModel()
  const training = model.fit(x, y, quiet)
  await refuses(model.rest(), 'Model: something is being computed.\n  Await it before the model rests.')
  await training
  const running = model.predict(x)
  await refuses(model.rest(), 'Model: something is being computed.\n  Await it before the model rests.')
  await running
  await model.rest()
})

test('there is no best epoch before fit', () => {
  expect(() => tinyModel().restoreBest()).toThrow(
    'Sequential "sequential" has no best epoch to go back to.\n  Call fit first, for at least one epoch.',
  )
})

test('summary prints what it returns, and counts the optimizer once it is built', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const model = tinyModel({}, { optimizer: 'adam' })
  const text = model.summary()
  expect(log).toHaveBeenCalledExactlyOnceWith(text)
  expect(text).toContain('Total params: 43')
  await model.fit(x, y, quiet)
  expect(model.summary({ style: 'keras3', print: false })).toContain('Optimizer params: 88')
  expect(log).toHaveBeenCalledOnce()
  log.mockRestore()
})

test('shapes, parameters and the scaling of what was trained on', async () => {
  const model = tinyModel()
  expect(model.countParams()).toBe(4 * 5 + 5 + 5 * 3 + 3)
  expect(model.shapes().split('\n')).toHaveLength(3)
  expect(model.preprocessing).toBeNull()
  await model.fit(x, y, quiet)
  expect(model.preprocessing).toEqual({ scale: 1 / 255, offset: -0.5 })
})

test('a functional model with two branches trains', async () => {
  const picture = input({ shape: [2, 2, 1] })
  const branch = (kernelSize: number) =>
    conv2d({ filters: 2, kernelSize, padding: 'same', activation: 'relu' }).apply(picture)
  const outputs = dense({ units: 3, activation: 'softmax' }).apply(
    flatten().apply(add().apply([branch(1), branch(2)])),
  )
  const model = new Model({ inputs: picture, outputs, name: 'branches', seed: 4 })
  model.compile({ loss: 'categoricalCrossentropy', optimizer: 'adam', backend: float32Reference })
  const { history } = await model.fit(x, y, { ...quiet, epochs: 20 })
  expect(history.loss!.at(-1)).toBeLessThan(history.loss![0]!)
  expect(model.name).toBe('branches')
})

test('a model with two inputs says that it cannot be run', async () => {
  const [a, b] = [input({ shape: [2] }), input({ shape: [2] })]
  const model = new Model({ inputs: [a, b], outputs: add().apply([a, b]) })
  await refuses(
    model.predict(floats(1, 2)),
    'Model "functional" has 2 inputs and 1 outputs, but it can be run with one of each only.\n' +
      '  Join the branches with concatenate or add.',
  )
})

test('a Sequential takes a name, and refuses a seed that is none', () => {
  expect(new Sequential([flatten({ inputShape: [1, 1, 1] })], { name: 'net' }).name).toBe('net')
  expect(() => new Sequential([flatten({ inputShape: [1, 1, 1] })], { seed: 0.5 })).toThrow(
    'Model: seed must be a whole number of at least 0, but 0.5 came.',
  )
})

test('a misspelt option is not ignored', async () => {
  const wrong = { epoch: 3 } as unknown as FitOptions
  await expect(tinyModel().fit(x, y, wrong)).rejects.toThrow(
    'fit: unknown option "epoch".\n  Did you mean "epochs"?',
  )
  expect(() => sgd({ learningRte: 1 } as object)).toThrow('sgd: unknown option "learningRte".')
  expect(() => adam({ beta: 1 } as object)).toThrow('Did you mean "beta1"?')
  const compile = () => tinyModel().compile({ los: 'mse' } as unknown as CompileOptions)
  expect(compile).toThrow('compile: unknown option "los".\n  Did you mean "loss"?')
})
