import type * as Fovea from '../../src/index.js'

/** What a lesson came to. */
export interface Report {
  readonly isolated: boolean
  readonly device: string
  readonly notices: readonly string[]
  readonly losses: readonly number[]
  /** SHA-256 of all weights after training, of what the model then says, and of how it was measured. */
  readonly weights: string
  readonly predictions: string
  readonly measured: readonly number[]
  /** How often a timer of a millisecond went off in training. */
  readonly ticks: number
}

export interface Lesson {
  readonly network: 'everything' | 'tutorial'
  readonly deterministic: boolean
  readonly epochs: number
}

/** What a lesson needs, which is the same in both. */
type Library = Pick<typeof Fovea, 'datasets' | 'layers' | 'modelFromName' | 'Sequential'>

/**
 * Trains, measures and asks a network. Runs in a page as well as in Node: it is sent as a text, so it uses nothing from
 * around it.
 */
export async function learn(fovea: Library, lesson: Lesson): Promise<Report> {
  const { datasets, layers, modelFromName, Sequential } = fovea
  const { train, test } = datasets.shapes({ train: 70, test: 33, seed: 5 })
  const kernelInitializer = 'heNormal'
  const everything = () => [
    layers.conv2d({
      filters: 13,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer,
      inputShape: [32, 32, 3],
    }),
    layers.batchNormalization(),
    layers.maxPooling2d(),
    layers.conv2d({ filters: 7, kernelSize: [5, 2], strides: 2, activation: 'gelu', kernelInitializer }),
    layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
    layers.dropout({ rate: 0.3 }),
    layers.flatten(),
    layers.dense({ units: 31, activation: 'tanh' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]
  const { network, deterministic, epochs } = lesson
  const model = new Sequential(
    network === 'everything' ? everything() : modelFromName('tutorial').layers([32, 32, 3], 10),
    { seed: 1, deterministic },
  )
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] })

  const notices: string[] = []
  const { warn } = console
  console.warn = sentence => notices.push(sentence)
  let device = ''
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  const { history } = await model.fit(train.x, train.y, {
    epochs,
    verbose: 0,
    onEvent: event => {
      if (event.type === 'begin') device = event.device
    },
  })
  clearInterval(timer)
  console.warn = warn

  const hash = async (parts: readonly Float32Array[]): Promise<string> => {
    const bytes = new Uint8Array(await new Blob(parts.map(part => part.slice())).arrayBuffer())
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
  }
  return {
    isolated: globalThis.crossOriginIsolated === true,
    device,
    notices,
    losses: history.loss!,
    weights: await hash([...model.getWeights().values()].map(({ data }) => data)),
    predictions: await hash([(await model.predict(test.x)).data]),
    measured: await model.evaluate(test.x, test.y),
    ticks,
  }
}
