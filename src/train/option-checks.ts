import { OptionError } from '../base/errors.js'
import { show } from '../nn/options/resolve.js'

/** Refuses what is no whole number of at least `least`. */
export function checkWhole(who: string, option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new OptionError(
    `${who}: ${option} must be a whole number of at least ${least}, but ${show(value)} came.`,
  )
}

/** Refuses what is neither true nor false: a text from JSON or a command line would count as true. */
export function checkFlag(who: string, option: string, value: boolean): void {
  if (typeof value === 'boolean') return
  throw new OptionError(`${who}: ${option} must be true or false, but ${show(value)} came.`)
}

/** Refuses what is no finite number above 0. */
export function checkAbove0(who: string, option: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return
  throw new OptionError(`${who}: ${option} must be a finite number above 0, but ${show(value)} came.`)
}

/** Refuses what is no finite number, or below 0. */
export function checkFrom0(who: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return
  throw new OptionError(`${who}: ${option} must be a finite number of at least 0, but ${show(value)} came.`)
}
