import { formatCount, formatPercent } from '../../base/format.js'
import { isRecord } from '../../base/record.js'
import { formatLogs } from '../../train/progress/format.js'

/** A line of the summary: what it is about, and what is to be said. */
export type Fact = readonly [about: string, said: string]

type Json = Readonly<Record<string, unknown>>

/** Texts that stand in the file as they are. */
const texts: readonly (readonly [key: string, about: string])[] = [
  ['dataset', 'data set'],
  ['recipe', 'recipe'],
  ['model', 'architecture'],
]

/** Numbers of `summary`, in the order in which they are told, and how. */
const numbers: readonly (readonly [key: string, name: string, say: (value: number) => string])[] = [
  ['testAccuracy', 'test accuracy', formatPercent],
  ['valAccuracy', 'validation accuracy', formatPercent],
  ['val_accuracy', 'validation accuracy', formatPercent],
  ['accuracy', 'accuracy', formatPercent],
  ['testLoss', 'test loss', value => value.toFixed(4)],
  ['valLoss', 'validation loss', value => value.toFixed(4)],
  ['val_loss', 'validation loss', value => value.toFixed(4)],
  ['loss', 'loss', value => value.toFixed(4)],
]

/** What is known of a training, from whatever the file noted of it: known keys with values of the right kind. */
export function trainingFacts(training: Json): Fact[] {
  const [state, summary] = [recordOf(training.state), recordOf(training.summary)]
  return [
    ...texts.flatMap(([key, about]) => fact(about, textOf(training[key] ?? summary[key]))),
    ...fact('loss', named(training.loss)),
    ...fact('optimizer', named(training.optimizer)),
    ...fact('training', length(training, state)),
    ...fact('best epoch', bestEpoch(recordOf(state.best))),
    ...fact('result', results(summary)),
  ]
}

const fact = (about: string, said: string | null): Fact[] => (said ? [[about, said]] : [])

const recordOf = (value: unknown): Json => (isRecord(value) ? value : {})
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** `categoricalCrossentropy`, `categoricalCrossentropy (labelSmoothing 0.1)`: a text, or a name with options. */
function named(value: unknown): string | null {
  const name = textOf(value) ?? textOf(recordOf(value).name)
  if (name === null) return null
  const options = { ...recordOf(value), ...recordOf(recordOf(value).options) }
  const plain = Object.entries(options).flatMap(([key, option]) =>
    numberOf(option) === null ? [] : [`${key} ${option}`],
  )
  return plain.length === 0 ? name : `${name} (${plain.join(', ')})`
}

/** `3 epochs of 3,600 pictures, batches of 8, seed 0` */
function length(training: Json, state: Json): string | null {
  const number = (key: string) => numberOf(state[key]) ?? numberOf(training[key])
  const [epochs, rows, batch, seed] = [
    numberOf(state.epoch) ?? numberOf(training.epochs),
    number('trainRows'),
    number('batchSize'),
    number('seed'),
  ]
  const parts = [
    ...(epochs === null ? [] : [`${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`]),
    ...(rows === null ? [] : [`${formatCount(rows)} pictures`]),
    ...(batch === null ? [] : [`batches of ${formatCount(batch)}`]),
    ...(seed === null ? [] : [`seed ${seed}`]),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

function bestEpoch({ epoch, monitor, value }: Json): string | null {
  const [number, reached, name] = [numberOf(epoch), numberOf(value), textOf(monitor)]
  if (number === null || reached === null || name === null) return null
  return `${number + 1} (${formatLogs({ [name]: reached }).join()})`
}

const results = (summary: Json): string | null =>
  numbers
    .flatMap(([key, name, say]) => {
      const value = numberOf(summary[key])
      return value === null ? [] : [`${name} ${say(value)}`]
    })
    .join(', ') || null
