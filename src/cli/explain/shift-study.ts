import { formatCount } from '../../base/format.js'
import type { MovedNetwork, ShiftExample } from '../../explain/shift/moved-network.js'
import { translationExperiment } from '../../explain/translation.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { labelNamed } from '../named-class.js'
import { namedSource } from '../source/data-source.js'
import type { ExplainShiftOptions } from './shift-options.js'
import type { ShiftProgress } from './shift-progress.js'

/** Networks and what moving pictures does to them. */
export interface ShiftStudy {
  /** How it was measured, in a sentence or two. */
  readonly facts: string
  readonly example: ShiftExample
  readonly networks: readonly (MovedNetwork & { readonly accuracy?: number; readonly about?: string })[]
}

export interface ShiftTask {
  readonly options: ExplainShiftOptions
  readonly io: CliIo
  readonly progress: ShiftProgress
  readonly signal: AbortSignal
}

/** Trains three networks on a data set and moves its test pictures before each. */
export async function studyNetworks({ options, io, progress, signal }: ShiftTask): Promise<ShiftStudy> {
  const { dataset: name = 'digits', data, range, pictures, seed, epochs, threads } = options
  const dataset = await loadData(namedSource(name, data), io, { signal })
  const result = await translationExperiment({
    dataset,
    label: labelIn(dataset.classNames, options),
    signal,
    onEvent: event => progress.tell(event),
    ...(range !== undefined && { range }),
    ...(pictures !== undefined && { pictures }),
    ...(seed !== undefined && { seed }),
    ...(epochs !== undefined && { epochs }),
    ...(threads !== undefined && { threads }),
  })
  const { example, networks, trainRows } = result
  const count = (rows: number) => formatCount(rows)
  const rows = dataset.train.x.rows
  const trained = trainRows < rows ? `the first ${count(trainRows)} of ${count(rows)}` : `${count(rows)}`
  const facts =
    `Each network was trained on ${trained} pictures of ${name} as they are (${passes(result.epochs)}, seed ${result.seed}); ` +
    `then ${count(networks[0]!.map.pictures)} test pictures were moved. What comes in is their border drawn out.`
  return { facts, example, networks }
}

const passes = (epochs: number): string => (epochs === 1 ? '1 epoch' : `${epochs} epochs`)

/** The class that is shown: that which was asked for, else the first. */
export const labelIn = (classNames: readonly string[], { class: name }: ExplainShiftOptions): number =>
  name === undefined ? 0 : labelNamed(name, classNames)
