import { OptionError } from '../../base/errors.js'
import { nearest, unknownName } from '../../base/nearest.js'
import { show } from '../../nn/options/resolve.js'
import type { BestEpoch } from '../checkpoint.js'

export type Mode = 'min' | 'max'

const modes = ['auto', 'min', 'max'] as const

/** Which of two epochs is the better one, as plain JSON. */
export interface BestRule {
  /** The key of the log that is compared: `val_loss`. */
  readonly monitor: string
  /** Whether the lowest or the highest value is best. */
  readonly mode: Mode
  /** By how much a value must be better. */
  readonly minDelta: number
  /** Epochs before it do not count, from 0. */
  readonly startFromEpoch: number
}

/** By what epochs are compared where nobody says otherwise. */
export const defaultRule = (logs: Readonly<Record<string, number>>): BestRule => ({
  monitor: 'val_loss' in logs ? 'val_loss' : 'loss',
  mode: 'min',
  minDelta: 0,
  startFromEpoch: 0,
})

/** Whether a value is better than another by `minDelta` at least; the first value of all is. */
export function isBetter(
  { mode, minDelta }: Pick<BestRule, 'mode' | 'minDelta'>,
  value: number,
  than: number | null,
): boolean {
  if (than === null) return true
  return mode === 'min' ? value + minDelta < than : value - minDelta > than
}

/** The epoch as the best so far, or null where it is not. What was compared by another log does not count. */
export function bestWith(
  rule: BestRule,
  best: BestEpoch | null,
  epoch: number,
  logs: Readonly<Record<string, number>>,
): BestEpoch | null {
  const { monitor, startFromEpoch } = rule
  const value = logs[monitor]
  if (value === undefined || epoch < startFromEpoch) return null
  const before = best?.monitor === monitor ? best.value : null
  return isBetter(rule, value, before) ? { epoch, monitor, value } : null
}

/** Whether a log is to fall or to rise, from its name where `mode` leaves it open. */
export function readMode(who: string, monitor: string, mode: 'auto' | Mode): Mode {
  if (!modes.includes(mode)) throw unknownName(`mode of ${who}`, mode, modes)
  if (mode !== 'auto') return mode
  if (typeof monitor !== 'string')
    throw new OptionError(
      `${who}: monitor must be the name of a log, but ${show(monitor)} came.`,
      'For example "val_loss".',
    )
  const measured = monitor.replace(/^(train_eval|val)_/, '')
  if (measured === 'loss') return 'min'
  if (measured === 'accuracy' || /^top_\d+$/.test(measured)) return 'max'
  throw new OptionError(
    `${who}: "${monitor}" does not say whether it should fall or rise.`,
    adviseMonitor(monitor),
  )
}

/** Logs of most trainings, and what else `acc` may be short for. */
const usualLogs = ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'train_eval_loss', 'train_eval_accuracy']

function adviseMonitor(monitor: string): string {
  const close = nearest(monitor.replace(/acc$/, 'accuracy'), usualLogs)
  if (close === undefined) return 'Set mode: "min" or mode: "max".'
  return `Did you mean "${close}"? For a log of another name set mode: "min" or mode: "max".`
}

/** Refuses a monitor that no log of this training is called. */
export function checkMonitor(who: string, monitor: string, logs: readonly string[]): void {
  if (logs.includes(monitor)) return
  const split = monitor.startsWith('val_') && !logs.some(log => log.startsWith('val_'))
  throw new OptionError(
    `${who}: this training has no log "${monitor}". Known: ${logs.join(', ')}.`,
    split ? 'Set validationSplit or validationData, or monitor: "loss".' : 'Set monitor to one of them.',
  )
}
