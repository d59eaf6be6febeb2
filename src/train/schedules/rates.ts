import { OptionError } from '../../base/errors.js'
import { show } from '../../nn/options/resolve.js'

/** Refuses what is no learning rate: a finite number above 0, or at least 0 where `zero` says so. */
export function checkRate(
  who: string,
  option: string,
  value: number,
  { zero = false }: { readonly zero?: boolean } = {},
): void {
  if (Number.isFinite(value) && (zero ? value >= 0 : value > 0)) return
  if (value === undefined)
    throw new OptionError(`${who}: ${option} is missing.`, `For example ${who}({ ${option}: 0.01 }).`)
  throw new OptionError(
    `${who}: ${option} must be a learning rate, ${zero ? 'at least' : 'above'} 0, but ${show(value)} came.`,
    'For example 0.01.',
  )
}

/** Refuses a factor that would not let the rate fall. */
export function checkFalling(who: string, option: string, value: number): void {
  if (value > 0 && value < 1) return
  throw new OptionError(
    `${who}: ${option} must be above 0 and below 1, but ${String(value)} came.`,
    'For example 0.1: a tenth of the rate before.',
  )
}

/** The rate at a share of the straight way between two; past the end it stays there. */
export const between = (from: number, to: number, share: number): number =>
  share >= 1 ? to : from + (to - from) * Math.max(0, share)
