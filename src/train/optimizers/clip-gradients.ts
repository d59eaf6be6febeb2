import type { Recorder, Value } from '../../engine/ops/op.js'
import type { Clipping } from './common-options.js'
import type { WeightGradient } from './updates.js'

/** Records how gradients are kept from being too large. Without clipping they are returned as they came. */
export function clipGradients(
  record: Recorder,
  clipping: Clipping,
  gradients: readonly WeightGradient[],
): readonly WeightGradient[] {
  if (!clipping || gradients.length === 0) return gradients
  const { by, limit } = clipping
  const replaced = (by: (gradient: Value) => Value): WeightGradient[] =>
    gradients.map(weight => ({ ...weight, gradient: by(weight.gradient) }))
  if (by === 'clipValue') return replaced(gradient => record.apply('clip', { limit }, [gradient]))
  const scaled = (gradient: Value, factor: Value) => record.apply('scaleBy', {}, [gradient, factor])
  if (by === 'clipNorm') return replaced(gradient => scaled(gradient, clipFactor(record, [gradient], limit)))
  const all = clipFactor(
    record,
    gradients.map(({ gradient }) => gradient),
    limit,
  )
  return replaced(gradient => scaled(gradient, all))
}

/** limit / max(norm, limit) [1], of the norm of all gradients together: 1 where that is small enough. */
function clipFactor(record: Recorder, gradients: readonly Value[], limit: number): Value {
  const squares = gradients.map(gradient => sumOfSquares(record, gradient))
  return record.apply('normFactor', { norm: limit, least: limit }, squares)
}

/** Σ x² [1] */
export const sumOfSquares = (record: Recorder, x: Value): Value =>
  record.apply('l2Penalty', { factor: 1 }, [x])
