import type * as Fovea from '../../src/index.node.js'

// What every runtime is given to do, by the package's own name: the tutorial's network, ten steps, three times. Prints
// what came of it as JSON.

/** The built package, as its users import it. Not a literal: its types are those of the source. */
const packageName: string = 'fovea'
const { datasets, modelFromName, optimizers, Sequential }: typeof Fovea = await import(packageName)

/** Ten steps in one mode. */
export interface TenSteps {
  readonly device: string
  readonly threads: number
  readonly imagesPerSecond: number
  readonly loss: number
  /** The first letters of the SHA-256 of all weights. */
  readonly weights: string
}

export interface Result {
  readonly deterministic: TenSteps
  readonly oneThread: TenSteps
  /** As it is by default: fused multiply-add where there is one. */
  readonly byDefault: TenSteps
}

const steps = 10
const batchSize = 32

async function train(options: { deterministic: boolean; threads?: number }): Promise<TenSteps> {
  const { deterministic, ...threads } = options
  const { x, y } = datasets.shapes({ train: steps * batchSize, test: 1, seed: 3 }).train
  const model = new Sequential(modelFromName('tutorial').layers([32, 32, 3], 10), { seed: 7, deterministic })
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.001, momentum: 0.5 }),
    loss: 'categoricalCrossentropy',
  })
  let report = { device: '', threads: 0, imagesPerSecond: 0 }
  const { history } = await model.fit(x, y, {
    ...threads,
    batchSize,
    verbose: 0,
    onEvent: event => {
      if (event.type === 'begin') report = { ...report, device: event.device, threads: event.threads }
      if (event.type === 'step') report = { ...report, imagesPerSecond: event.imagesPerSecond }
    },
  })
  return { ...report, loss: history.loss![0]!, weights: await hashOf(model) }
}

async function hashOf(model: Fovea.Sequential): Promise<string> {
  const numbers = [...model.getWeights().values()].map(({ data }) => data.slice())
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(numbers).arrayBuffer())
  const bytes = [...new Uint8Array(digest)]
  return bytes
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 12)
}

const result: Result = {
  deterministic: await train({ deterministic: true }),
  oneThread: await train({ deterministic: true, threads: 1 }),
  byDefault: await train({ deterministic: false }),
}
console.log(JSON.stringify(result))
