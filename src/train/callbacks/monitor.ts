import { OptionError } from '../../base/errors.js'

/** What callbacks that compare epochs count while training goes on. */
export interface MonitorState {
  /** Epochs without an improvement, as the callback counts them. */
  readonly wait: number
  /** The best value so far; null before the first. */
  readonly best: number | null
}

/** A number of at least 0 among the options. */
export function checkAtLeastZero(who: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return
  throw new OptionError(`${who}: ${option} must be a number of at least 0, but ${String(value)} came.`)
}

/** The numbers of a saved state by their names; what a checkpoint of another version lacks begins anew. */
export function savedNumber(state: unknown, key: string): number | null {
  const value = (state as Readonly<Record<string, unknown>> | null)?.[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
