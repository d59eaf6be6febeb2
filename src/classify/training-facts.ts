import { isRecord } from '../base/record.js'
import { standardError } from '../base/shares.js'
import type { LossConfig } from '../nn/losses.js'
import type { BestEpoch, TrainingState } from '../train/checkpoint.js'
import { averagingTestTimes } from '../train/test-time/views.js'
import type { TrainingNotes, TrainingResult } from './training-notes.js'

/** What is known of a training. Null: the file does not say, or not in words that are known here. */
export interface TrainingFacts {
  readonly dataset: string | null
  /** Names of the recipe and the network. */
  readonly recipe: string | null
  readonly model: string | null
  readonly loss: LossConfig | null
  /** Epochs that were finished. */
  readonly epochs: number | null
  /** That weights were learned from. */
  readonly pictures: number | null
  readonly batchSize: number | null
  readonly seed: number | null
  readonly best: BestEpoch | null
  /** The last value of each curve: `val_accuracy`, … */
  readonly last: Readonly<Record<string, number>>
  readonly test: TestFacts | null
}

/** What these weights reach on the test pictures. */
export interface TestFacts {
  /** The share of the pictures that were recognised, 0 … 1. */
  readonly accuracy: number
  readonly pictures: number | null
  /** Of the accuracy, as a share; null where the number of pictures is not known. */
  readonly standardError: number | null
  readonly loss: number | null
  /** The accuracy of answers averaged over several views of each picture. */
  readonly averaged: Pick<NonNullable<TrainingResult['averaged']>, 'testTime' | 'testAccuracy'> | null
}

/** JSON that should be a `T`. It may be of another version, so nothing is believed of it but the names of its parts. */
type Claimed<T> = { readonly [Part in keyof T]?: unknown }

const claimed = <T>(value: unknown): Claimed<T> => (isRecord(value) ? value : {}) as Claimed<T>

/** Reads what a model file notes of its training; null where it notes nothing. */
export function trainingFacts(training: Readonly<Record<string, unknown>> | undefined): TrainingFacts | null {
  if (training === undefined) return null
  const notes = claimed<TrainingNotes>(training)
  const state = claimed<TrainingState>(notes.state)
  const summary = claimed<TrainingResult>(notes.summary)
  return {
    dataset: text(notes.dataset),
    recipe: text(summary.recipe),
    model: text(summary.model),
    loss: lossOf(notes.loss),
    epochs: count(state.epoch),
    pictures: count(state.trainRows),
    batchSize: count(state.batchSize),
    seed: number(state.seed),
    best: bestOf(claimed(state.best)),
    last: lastOf(claimed<TrainingState['history']>(state.history).history),
    test: testOf(summary),
  }
}

/** A name alone will do. */
function lossOf(value: unknown): LossConfig | null {
  const config = isRecord(value) ? value : { name: value }
  const name = text(config.name)
  return name === null ? null : { ...config, name }
}

function bestOf({ epoch, monitor, value }: Claimed<BestEpoch>): BestEpoch | null {
  const best = { epoch: count(epoch), monitor: text(monitor), value: number(value) }
  return isWhole(best) ? best : null
}

function lastOf(curves: unknown): Record<string, number> {
  const last = Object.entries(isRecord(curves) ? curves : {}).map(
    ([name, curve]) => [name, number(Array.isArray(curve) ? curve.at(-1) : undefined)] as const,
  )
  return Object.fromEntries(last.filter((entry): entry is [string, number] => entry[1] !== null))
}

function testOf({
  testAccuracy,
  testLoss,
  testPictures,
  averaged,
}: Claimed<TrainingResult>): TestFacts | null {
  const [accuracy, pictures] = [share(testAccuracy), count(testPictures) || null]
  if (accuracy === null) return null
  return {
    accuracy,
    pictures,
    standardError: pictures === null ? null : standardError(accuracy, pictures),
    loss: number(testLoss),
    averaged: averagedOf(claimed(averaged)),
  }
}

function averagedOf({
  testTime,
  testAccuracy,
}: Claimed<NonNullable<TrainingResult['averaged']>>): TestFacts['averaged'] {
  const averaged = {
    testTime: averagingTestTimes.find(name => name === testTime) ?? null,
    testAccuracy: share(testAccuracy),
  }
  return isWhole(averaged) ? averaged : null
}

type Whole<T> = { readonly [Part in keyof T]: NonNullable<T[Part]> }

const isWhole = <T extends object>(parts: T): parts is T & Whole<T> =>
  Object.values(parts).every(part => part !== null)

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
const share = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : null
