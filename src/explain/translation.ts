import { OptionError } from '../base/errors.js'
import type { Rows } from '../base/rows.js'
import type { Dataset, Examples } from '../data/dataset.js'
import type { TrainEvent } from '../train/events.js'
import { adam } from '../train/optimizers/index.js'
import { Sequential } from '../train/sequential.js'
import { type MovedNetwork, moveBefore, type ShiftExample, shiftExample } from './shift/moved-network.js'
import { type TranslationNetwork, translationNetworks } from './shift/networks.js'

/** What leaves the experiment while it runs. */
export type TranslationEvent =
  | { readonly type: 'train'; readonly network: TranslationNetwork; readonly event: TrainEvent }
  | {
      readonly type: 'shift'
      readonly network: TranslationNetwork
      /** Shifts that are done, of how many. */
      readonly done: number
      readonly total: number
    }

export interface TranslationOptions {
  /** Its pictures should show their things in the middle. */
  readonly dataset: Dataset
  /** Fixes first weights and shuffling, for all networks alike. Default: 0. */
  readonly seed?: number
  /** Passes over the training pictures. Default: 5. */
  readonly epochs?: number
  /** Training pictures: the first so many, if there are more. Default: 10,000. */
  readonly trainRows?: number
  /** Test pictures that are moved: the first so many, if there are more. Default: 100. */
  readonly pictures?: number
  /** The class whose first test picture is the example. Default: 0. */
  readonly label?: number
  /** Pixels in every direction, or `all`. Default: 8. */
  readonly range?: number | 'all'
  readonly threads?: number
  /** The same numbers on every machine, a little slower. Default: false. */
  readonly deterministic?: boolean
  readonly onEvent?: (event: TranslationEvent) => void
  /** Ends the experiment after the step under way; the promise is then rejected with its reason. */
  readonly signal?: AbortSignal
}

/** A network of the experiment: how it was trained, and what moving does to it. */
export interface TranslatedNetwork extends MovedNetwork {
  readonly name: TranslationNetwork['name']
  readonly about: string
  /** Share of all test pictures, where they are, that it recognises. */
  readonly accuracy: number
  /** Seconds of training. */
  readonly seconds: number
}

export interface Translation {
  readonly dataset: string
  readonly seed: number
  readonly epochs: number
  readonly trainRows: number
  readonly testRows: number
  readonly example: ShiftExample
  readonly networks: readonly TranslatedNetwork[]
}

/**
 * Trains three networks on the same centred pictures, with the same seed, batches and optimizer (Adam, 0.003, batches of
 * 32): dense layers only, convolutions with a flatten head, and the same convolutions with global average pooling. Then
 * moves test pictures over the frame before each of them.
 *
 * A flatten head is less insensitive than global pooling because its dense layer has a weight for each place of each
 * feature map: the convolutions report a moved stroke as well as before, but where no weight has learned to listen.
 */
export async function translationExperiment(options: TranslationOptions): Promise<Translation> {
  const { seed = 0, epochs = 5, trainRows = 10_000, pictures = 100, label = 0, range = 8 } = options
  const dataset = onBlack(options.dataset)
  const example = exampleOf(dataset, label, range)
  const train = firstRows(dataset.train, trainRows)
  const plan = { ...options, dataset, seed, epochs, train, moved: firstRows(dataset.test, pictures), example }
  const networks: TranslatedNetwork[] = []
  for (const network of translationNetworks) networks.push(await trainAndMove(network, plan))
  return {
    dataset: dataset.name,
    seed,
    epochs,
    trainRows: train.x.rows,
    testRows: dataset.test.x.rows,
    example,
    networks,
  }
}

interface Plan extends TranslationOptions {
  readonly seed: number
  readonly epochs: number
  readonly train: Examples
  readonly moved: Examples
  readonly example: ShiftExample
}

async function trainAndMove(network: TranslationNetwork, plan: Plan): Promise<TranslatedNetwork> {
  const { dataset, moved, example, threads, range, signal, onEvent } = plan
  const { name, title, about } = network
  const { model, seconds } = await train(network, plan)
  const run = threads === undefined ? {} : { threads }
  const [, accuracy] = await model.evaluate(dataset.test.x, dataset.test.y, { batchSize: 64, ...run })
  const measured = await moveBefore(title, model, moved, example, dataset.classNames, {
    ...run,
    ...(range !== undefined && { range }),
    ...(signal && { signal }),
    onProgress: (done, total) => onEvent?.({ type: 'shift', network, done, total }),
  })
  return { ...measured, name, about, accuracy: accuracy!, seconds }
}

async function train(
  network: TranslationNetwork,
  { dataset, train: { x, y }, seed, epochs, threads, deterministic = false, signal, onEvent }: Plan,
): Promise<{ readonly model: Sequential; readonly seconds: number }> {
  const layers = network.layers(x.shape.slice(1), dataset.classNames.length)
  const model = new Sequential(layers, { seed, name: network.name, deterministic })
  const optimizer = adam({ learningRate: 0.003 })
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  let seconds = 0
  await model.fit(x, y, {
    epochs,
    batchSize: 32,
    verbose: 0,
    ...(threads !== undefined && { threads }),
    ...(signal && { signal }),
    onEvent: event => {
      if (event.type === 'end') seconds = event.seconds
      onEvent?.({ type: 'train', network, event })
    },
  })
  signal?.throwIfAborted()
  return { model, seconds }
}

function exampleOf({ name, test, classNames }: Dataset, label: number, range: number | 'all'): ShiftExample {
  const example = shiftExample(test, label, classNames, range === 'all' ? undefined : range)
  if (example) return example
  throw new OptionError(
    `translationExperiment: ${name} has no test picture of class ${label}.`,
    `Its classes are 0 … ${classNames.length - 1}.`,
  )
}

/**
 * Bytes as 0 … 1: black is then the zero that convolutions pad with, and the frame is no edge that a network could see.
 * With -0.5 … 0.5 black pictures have a grey rim, and digits that come near to it are mistaken more often.
 */
const onBlack = (dataset: Dataset): Dataset => ({
  ...dataset,
  train: { ...dataset.train, x: zeroToOne(dataset.train.x) },
  test: { ...dataset.test, x: zeroToOne(dataset.test.x) },
})

const zeroToOne = (x: Rows<Uint8Array>): Rows<Uint8Array> => x.withScaling({ scale: 1 / 255, offset: 0 })

const firstRows = ({ x, y }: Examples, rows: number): Examples => ({
  x: x.slice(0, Math.min(rows, x.rows)),
  y: y.slice(0, Math.min(rows, y.rows)),
})
