import { OptionError } from '../../base/errors.js'
import type { Optimizer } from '../optimizers/optimizer.js'
import type { BestRule } from './best-rule.js'
import type { Callback } from './callback.js'

/** Refuses callbacks that cannot do their work in this training. @param logs the keys it will log */
export function checkCallbacks(
  callbacks: readonly Callback[],
  optimizer: Optimizer,
  logs: readonly string[],
): void {
  for (const callback of callbacks) callback.check?.({ logs })
  const judges = callbacks.filter(({ best }) => best)
  if (judges.length > 1)
    throw new OptionError(
      `fit: ${judges.map(({ name }) => name).join(' and ')} each say which epoch is the best.`,
      'Give one of them restoreBestWeights: false.',
    )
  const changer = callbacks.find(({ changesLearningRate }) => changesLearningRate)
  if (changer && optimizer.schedule)
    throw new OptionError(
      `fit: ${changer.name ?? 'a callback'} changes the learning rate, but ${optimizer.name} follows the schedule "${optimizer.schedule.name}".`,
      'Leave one of them out: compile with a number as learningRate, or train without the callback.',
    )
}

/** What a callback says about which epoch is the best; null where none does. */
export const bestRuleOf = (callbacks: readonly Callback[]): BestRule | null =>
  callbacks.find(({ best }) => best)?.best ?? null
