import type { Tensors } from './checkpoint.js'
import { sameNumbers } from './same-numbers.js'
import type { Numbers } from './session.js'
import type { Training } from './training.js'
import { optimizedWeights } from './weights.js'

/** What would be kept of `numbers` if training ended where it stands: averages, where the optimizer makes them. */
export function keptWeights(
  { optimizer, session, schedulePlace }: Pick<Training, 'optimizer' | 'session' | 'schedulePlace'>,
  numbers: Numbers,
): Tensors {
  const { averages } = optimizer
  if (!averages?.hasBegun(schedulePlace.step)) return numbers.weights
  const kept = new Map(numbers.weights)
  for (const weight of optimizedWeights(session.setup.network))
    for (const { name } of averages.slots(weight)) kept.set(weight.name, numbers.optimizer.get(name)!)
  return kept
}

/** Measures what would be kept; training goes on from the weights as they are. */
export async function withKeptWeights<T>(training: Training, measure: () => Promise<T>): Promise<T> {
  if (!training.optimizer.averages) return measure()
  const numbers = training.session.read()
  training.session.write({ ...numbers, weights: keptWeights(training, numbers) })
  try {
    return await measure()
  } finally {
    training.session.write(numbers)
  }
}

/** The same for callbacks, which may change weights: one that was changed stays as it was set. */
export async function showKeptWeights(training: Training, tell: () => Promise<void>): Promise<void> {
  const { session, optimizer } = training
  if (!optimizer.averages) return tell()
  const before = session.read()
  const shown = keptWeights(training, before)
  session.write({ ...before, weights: shown })
  try {
    await tell()
  } finally {
    const now = session.read()
    const weights = [...now.weights].map(([name, weight]) => {
      const isAsShown = sameNumbers(weight.data, shown.get(name)!.data)
      return [name, isAsShown ? before.weights.get(name)! : weight] as const
    })
    session.write({ ...now, weights: new Map(weights) })
  }
}

/** Training has ended: what is kept takes the place of the weights. */
export function keepAverages(training: Training): void {
  if (!training.optimizer.averages) return
  const numbers = training.session.read()
  training.session.write({ ...numbers, weights: keptWeights(training, numbers) })
}
