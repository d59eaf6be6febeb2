import { Random } from '../../base/random.js'
import type { Curves, EpochRows } from './input.js'

/** Curves made of formulas: `f(t)` for the epochs t = 0, 1, …, `epochs` - 1. */
export function curvesOf(
  epochs: number,
  formulas: Readonly<Record<string, (epoch: number) => number>>,
  extra: Partial<Curves> = {},
): Curves {
  const epoch = Array.from({ length: epochs }, (_, t) => t)
  const history = Object.fromEntries(Object.entries(formulas).map(([name, f]) => [name, epoch.map(f)]))
  return { epoch, history, ...extra }
}

/**
 * Rows of the validation part whose losses scatter around `centre` with a part of their own that stays from epoch to
 * epoch (0 … 1) and one that does not (0 … `noise`).
 */
export function rowsAround(centre: number, { rows = 400, noise = 0.1, epoch = 0 } = {}): EpochRows {
  const own = new Random(7, 'rows')
  const fresh = new Random(8 + epoch, 'rows')
  const loss = Float32Array.from(
    { length: rows },
    () => centre - 0.5 + own.uniform() + noise * (fresh.uniform() - 0.5),
  )
  return { loss, predicted: Uint8Array.from({ length: rows }, (_, row) => row % 10) }
}
