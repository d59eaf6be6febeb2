import { expect, test } from 'vitest'
import { currentPlatform, usePlatform } from '../../src/base/platform.js'
import { shapes } from '../../src/data/sets/shapes.js'
import { fusesProducts } from '../../src/engine/backends/wasm/features.js'
import { datasets, layers, type Model, modelFromName, optimizers, Sequential } from '../../src/index.node.js'

// As many threads as a test asks for, however few cores there are here.
usePlatform({ ...currentPlatform(), cores: 3 })

const { train, test: unseen } = datasets.shapes({ train: 70, test: 33, seed: 5 })

/** Everything whose sums could depend on who adds what: strides, batch statistics, dropout, a penalty, odd sizes. */
function everything(seed: number, deterministic = false): Model {
  return new Sequential(
    [
      layers.conv2d({
        filters: 13,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        inputShape: [32, 32, 3],
      }),
      layers.batchNormalization(),
      layers.maxPooling2d(),
      layers.conv2d({
        filters: 7,
        kernelSize: [5, 2],
        strides: 2,
        activation: 'gelu',
        kernelRegularizer: { l2: 1e-3 },
      }),
      layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      layers.dropout({ rate: 0.3 }),
      layers.flatten(),
      layers.dense({ units: 31, activation: 'tanh' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
    { seed, deterministic },
  )
}

interface Result {
  readonly weights: readonly (readonly [string, Float32Array])[]
  readonly history: Readonly<Record<string, readonly number[]>>
  readonly measured: readonly number[]
}

async function trained(model: Model, threads: number, epochs: number): Promise<Result> {
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  })
  const options = { epochs, batchSize: 32, validationSplit: 0.1, threads, verbose: 0 } as const
  const { history } = await model.fit(train.x, train.y, options)
  return {
    weights: [...model.getWeights()].map(([name, { data }]) => [name, data] as const),
    history,
    measured: await model.evaluate(unseen.x, unseen.y),
  }
}

test('trained weights, history and measurements are the same bits on 1, 2 and 3 threads', async () => {
  const one = await trained(everything(1), 1, 3)
  expect(await trained(everything(1), 2, 3)).toEqual(one)
  expect(await trained(everything(1), 3, 3)).toEqual(one)
  expect(one.history.loss![2]).toBeLessThan(one.history.loss![0]!)
})

test('deterministic training too, whose bits are not those of fused products', async () => {
  const one = await trained(everything(1, true), 1, 1)
  expect(await trained(everything(1, true), 2, 1)).toEqual(one)
  expect(await trained(everything(1, true), 3, 1)).toEqual(one)
  const fused = await trained(everything(1), 1, 1)
  expect(fusesProducts() && fused.weights[0]![1].every((w, i) => w === one.weights[0]![1][i])).toBe(false)
})

test("so are those of the tutorial's network", async () => {
  const tutorial = () => new Sequential(modelFromName('tutorial').layers([32, 32, 3], 10), { seed: 2 })
  const one = await trained(tutorial(), 1, 1)
  expect(await trained(tutorial(), 2, 1)).toEqual(one)
  expect(await trained(tutorial(), 3, 1)).toEqual(one)
})

test('another seed gives other weights', async () => {
  const [one, other] = [await trained(everything(1), 2, 1), await trained(everything(2), 2, 1)]
  expect(other.weights[0]![1]).not.toEqual(one.weights[0]![1])
})

test('adam too', async () => {
  const run = async (threads: number) => {
    const model = new Sequential(modelFromName('small').layers([32, 32, 3], 10), { seed: 3 })
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' })
    await model.fit(train.x, train.y, { epochs: 2, threads, verbose: 0 })
    return [...model.getWeights().values()].map(({ data }) => data)
  }
  expect(await run(3)).toEqual(await run(1))
})

test('the built-in pictures are the same bytes every time', () => {
  expect(shapes({ train: 70, test: 33, seed: 5 }).train.x.data).toEqual(train.x.data)
})
