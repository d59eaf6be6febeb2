import { OptionError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import { show } from '../../nn/options/resolve.js'
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

/** Names and factories that were not called would do nothing, in silence. */
export function checkList(callbacks: unknown): void {
  if (!Array.isArray(callbacks))
    throw new OptionError(
      `fit: callbacks must be a list, but ${isRecord(callbacks) ? 'one alone' : show(callbacks)} came.`,
      example,
    )
  const place = callbacks.findIndex(callback => !isRecord(callback))
  if (place >= 0)
    throw new OptionError(
      `fit: entry ${place + 1} of callbacks must be a callback, but ${show(callbacks[place])} came.`,
      example,
    )
}

const example = 'For example callbacks: [callbacks.earlyStopping({ patience: 3 })].'

/** What a callback says about which epoch is the best; null where none does. */
export const bestRuleOf = (callbacks: readonly Callback[]): BestRule | null =>
  callbacks.find(({ best }) => best)?.best ?? null
