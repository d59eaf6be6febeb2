import { isRecord } from '../base/record.js'
import { type Refuse, refuseFile } from '../io/refuse.js'
import type { AugmentStep } from '../train/augmentation/step.js'
import type { BestEpoch, BudgetState, EpochSums, TrainingState } from '../train/checkpoint.js'

type Json = Readonly<Record<string, unknown>>

/** The state of training as a checkpoint's file holds it; what is not one is refused naming `place`. */
export function readTrainingState(value: unknown, place: string): TrainingState {
  const refuse = refuseFile(place)
  const state = record(value, 'the state of training', refuse)
  const count = (key: string) => number(state, key, refuse)
  return {
    seed: count('seed'),
    batchSize: count('batchSize'),
    trainRows: count('trainRows'),
    // Runs of earlier versions do not say.
    ...(state.augment !== undefined && { augment: readAugment(state.augment, refuse) }),
    ...(state.classWeight !== undefined && {
      classWeight: numbers(state.classWeight, 'classWeight', refuse),
    }),
    epoch: count('epoch'),
    step: count('step'),
    totalSteps: count('totalSteps'),
    totalEpochs: count('totalEpochs'),
    learningRate: count('learningRate'),
    sums: readSums(state.sums, refuse),
    history: readHistory(state.history, refuse),
    best: state.best === null ? null : readBest(state.best, refuse),
    ...(state.budget !== undefined && { budget: readBudget(state.budget, refuse) }),
    // Runs of earlier versions have none.
    ...(state.callbacks !== undefined && { callbacks: record(state.callbacks, '"callbacks"', refuse) }),
  }
}

/** What `fit` is given is held against it, so nothing but its form matters here. */
function readAugment(value: unknown, refuse: Refuse): AugmentStep[] {
  const isStep = (step: unknown): step is AugmentStep => isRecord(step) && typeof step.name === 'string'
  if (Array.isArray(value) && value.every(isStep)) return value
  return refuse(`"augment" should be a list of names with options, but is ${JSON.stringify(value)}`)
}

function readSums(value: unknown, refuse: Refuse): EpochSums {
  const sums = record(value, '"sums"', refuse)
  const logs = record(sums.sums, '"sums"', refuse)
  return {
    rows: number(sums, 'rows', refuse),
    sums: mapValues(logs, key => number(logs, key, refuse)),
  }
}

function readHistory(value: unknown, refuse: Refuse): TrainingState['history'] {
  const { epoch, history } = record(value, '"history"', refuse)
  const curves = record(history, '"history"', refuse)
  const epochs = numbers(epoch, 'epoch', refuse)
  return {
    epoch: epochs,
    history: mapValues(curves, (key, curve) => {
      const values = numbers(curve, key, refuse)
      if (values.length === epochs.length) return values
      return refuse(`"history" has ${epochs.length} epochs, but ${values.length} values of "${key}"`)
    }),
  }
}

function readBest(value: unknown, refuse: Refuse): BestEpoch {
  const best = record(value, '"best"', refuse)
  return {
    epoch: number(best, 'epoch', refuse),
    monitor: typeof best.monitor === 'string' ? best.monitor : refuse('"best" does not say what it compares'),
    value: number(best, 'value', refuse),
  }
}

function readBudget(value: unknown, refuse: Refuse): BudgetState {
  const budget = record(value, '"budget"', refuse)
  return {
    used: number(budget, 'used', refuse),
    steps: number(budget, 'steps', refuse),
    progress: number(budget, 'progress', refuse),
    stepsLeft: budget.stepsLeft === null ? null : number(budget, 'stepsLeft', refuse),
    endSeconds: number(budget, 'endSeconds', refuse),
  }
}

const mapValues = <T>(from: Json, change: (key: string, value: unknown) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(key, value)]))

const record = (value: unknown, name: string, refuse: Refuse): Json =>
  isRecord(value) ? value : refuse(`${name} is missing, so training cannot go on from here`)

function number(from: Json, key: string, refuse: Refuse): number {
  const value = from[key]
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(`"${key}" should be a number, but is ${JSON.stringify(value)}`)
}

const numbers = (value: unknown, key: string, refuse: Refuse): number[] =>
  Array.isArray(value) && value.every(item => typeof item === 'number')
    ? value
    : refuse(`"${key}" should be a list of numbers, but is ${JSON.stringify(value)}`)
