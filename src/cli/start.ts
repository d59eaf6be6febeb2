import { formatCount, formatPercent, formatShare } from '../base/format.js'
import { answersOf } from '../classify/prediction.js'
import { shapes } from '../data/sets/shapes.js'
import { summary } from '../nn/summary/summary.js'
import { loadModel } from '../node/model-files.js'
import { lockNewRun } from '../node/run-lock.js'
import { shellWord } from '../node/shell-word.js'
import { formatHints } from './hints.js'
import type { CliIo } from './io.js'
import { namedNetwork } from './named-network.js'
import { namedSource } from './source/data-source.js'
import { formatTable } from './table.js'
import { buildModel } from './training/run-training.js'
import { newSettings, type TrainSettings } from './training/settings.js'
import { trainRun } from './training/train.js'

/** A run that ends after so many epochs. */
type StartSettings = TrainSettings & { readonly epochs: number }

/** Adam and larger batches instead of the tutorial's gentle SGD: there is something to see within a few thousand pictures. */
export const recipe: StartSettings = {
  ...newSettings(namedSource('shapes'), {
    optimizer: 'adam',
    learningRate: 0.001,
    batchSize: 32,
    deterministic: true,
  }),
  epochs: 5,
  checkpointEvery: null,
}

/**
 * Does what `fovea start` is asked for; returns the exit code.
 *
 * @param settings of a run on `shapes`; tests have less time
 */
export async function start(io: CliIo, settings: StartSettings = recipe): Promise<number> {
  io.out('A convolutional network learns to tell ten kinds of drawn pictures apart.\n')
  io.out(`${summary(namedNetwork(settings.model))}\n`)
  const lock = await lockNewRun('runs', `${settings.dataset}-${settings.model}`)
  const { path } = lock
  const exitCode = await trainRun({ settings, path, lock, interrupted: null, sentences: [] }, io, {
    json: false,
    report: true,
  })
  if (exitCode !== 0) return exitCode
  io.out(`${await withoutConvolutions(settings)}\n`)
  io.out(`${await showPredictions(path)}\n`)
  io.out(formatHints('Try next', nextSteps(path)))
  return 0
}

/** What the tutorial's first network makes of the same pictures: the same training, but no convolutions. */
async function withoutConvolutions(settings: StartSettings): Promise<string> {
  const { batchSize, epochs, validationSplit } = settings
  const dataset = shapes()
  const model = buildModel({ ...settings, model: 'dense' }, dataset)
  const { train, test } = dataset
  await model.fit(train.x, train.y, { batchSize, epochs, validationSplit, verbose: 0 })
  const [, accuracy] = await model.evaluate(test.x, test.y)
  const share = formatShare(accuracy!, test.x.rows)
  return `Without convolutions (dense, ${formatCount(model.countParams())} parameters): ${share}`
}

/** One test picture of each class, and what the network takes it for. */
async function showPredictions(path: string): Promise<string> {
  const { test, classNames } = shapes({ train: 1, test: 10 })
  const output = await (await loadModel(path)).predict(test.x)
  const rows = Array.from(test.y.data, (label, row) => {
    const [best] = answersOf(output.row(row), classNames)
    const right = best!.className === classNames[label]
    return [classNames[label]!, best!.className, formatPercent(best!.probability), right ? '✓' : '✗']
  })
  return formatTable(['a picture of', 'is taken for', 'sure', ''], rows, ['left', 'left', 'right', 'left'])
}

const nextSteps = (path: string): [string, string][] => [
  [`npx fovea evaluate ${shellWord(path)}`, 'how good it is, class by class'],
  ['npx fovea train shapes --model dense', 'the same pictures without convolutions'],
  ['npx fovea train cifar10', 'real photos, by the recipe of the tutorial'],
  ['npx fovea train photos', 'your own pictures: a folder with a folder for each class'],
]
