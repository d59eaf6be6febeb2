import { formatCount, formatShare } from '../../base/format.js'
import { sizeOf } from '../../base/shape.js'
import type { Dataset } from '../../data/dataset.js'
import { type Diagnosis, diagnose } from '../../explain/diagnose.js'
import { modelPath, readModelFile } from '../../node/model-files.js'
import { RunFolder } from '../../node/run-folder.js'
import type { EndEvent } from '../../train/events.js'
import { factsOfDataset } from '../plot/run-facts.js'
import { formatTable } from '../table.js'
import type { Variant } from './plan.js'
import { type ComparedCurves, withoutPenalty } from './without-penalty.js'

/** What came of one training, as plain data. Accuracies are shares, times seconds, epochs count from 1. */
export interface VariantResult {
  readonly name: string
  readonly parameters: number
  readonly epochs: number
  /** The epoch with the lowest validation loss, without a regularizer's penalty, and what was measured then. */
  readonly best: {
    readonly epoch: number
    readonly loss: number
    readonly accuracy: number
    /** Standard error of the accuracy. */
    readonly error: number
  }
  /** Accuracy on training pictures minus that on validation pictures, both measured alike, at the end. */
  readonly gap: number
  /** Null where overfitting does not start. */
  readonly onset: number | null
  /** Of the weights that training ended with. */
  readonly test: {
    readonly accuracy: number
    /** Over mirror images; null where pictures are not measured so. */
    readonly averaged: number | null
    readonly pictures: number
  }
  readonly seconds: number
  readonly history: ComparedCurves
  readonly diagnosis: Diagnosis
}

/** Reads the finished run of a variant. */
export async function resultOf({ name, path, settings }: Variant, dataset: Dataset): Promise<VariantResult> {
  const run = await RunFolder.open(path)
  const events = await run.events()
  const history = withoutPenalty(await run.history())
  const diagnosis = diagnose(history, factsOfDataset(settings, dataset))
  const seconds = events.reduce((sum, event) => sum + (event.type === 'epoch' ? event.seconds : 0), 0)
  return {
    name,
    parameters: await countParameters(path),
    epochs: history.epoch.length,
    best: bestOf(history, diagnosis),
    gap: lastOf(history, 'train_eval_accuracy') - lastOf(history, 'val_accuracy'),
    onset: diagnosis.onset === null ? null : diagnosis.onset + 1,
    test: testOf(events.at(-1) as EndEvent, dataset),
    seconds,
    history,
    diagnosis,
  }
}

async function countParameters(path: string): Promise<number> {
  const { network } = await readModelFile(await modelPath(path))
  return network.weights.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0)
}

function bestOf(history: ComparedCurves, { best, standardErrors }: Diagnosis): VariantResult['best'] {
  const { epoch, value } = best.valLoss!
  const place = history.epoch.indexOf(epoch)
  return {
    epoch: epoch + 1,
    loss: value,
    accuracy: history.history.val_accuracy![place]!,
    error: standardErrors.valAccuracy[place]!,
  }
}

const lastOf = ({ history }: ComparedCurves, log: string): number => history[log]!.at(-1)!

const testOf = ({ testAccuracy, averaged }: EndEvent, { test }: Dataset): VariantResult['test'] => ({
  accuracy: testAccuracy!,
  averaged: averaged?.testAccuracy ?? null,
  pictures: test.x.rows,
})

const titles = [
  'remedy',
  'parameters',
  'epochs',
  'best epoch',
  'val. loss',
  'val. accuracy',
  'gap',
  'overfitting',
  'test accuracy',
  'time',
]

/** A line for each training. */
export const resultsText = (results: readonly VariantResult[]): string =>
  formatTable(titles, results.map(rowOf))

/** Cells as people read them; percentages with one standard error. */
export const rowOf = ({ best, test, ...result }: VariantResult): string[] => [
  result.name,
  formatCount(result.parameters),
  String(result.epochs),
  String(best.epoch),
  best.loss.toFixed(3),
  `${(100 * best.accuracy).toFixed(1)} % ± ${(100 * best.error).toFixed(1)}`,
  `${(100 * result.gap).toFixed(1)}`,
  result.onset === null ? '–' : `from ${result.onset}`,
  formatShare(test.accuracy, test.pictures),
  `${Math.round(result.seconds)} s`,
]
