import { OptionError } from '../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../base/shape.js'

/**
 * The kernel `[…window, C, K]` with its first min(C, K) filters replaced: filter k is 1 at channel k in the centre of the
 * window (of an even one behind the centre, as in PyTorch) and 0 elsewhere.
 */
export function withIdentity(kernel: Float32Array, shape: Shape): Float32Array {
  if (shape.length < 2)
    throw new OptionError(
      `Initializer "dirac": a weight of ${formatShape(shape)} takes no channels that it could hand on.`,
      'Use it for kernels; zeros is usual for a bias.',
    )
  const [C, K] = [shape.at(-2)!, shape.at(-1)!]
  const centre = centreOf(shape.slice(0, -2))
  return kernel.map((value, place) => {
    const [filter, channel] = [place % K, Math.floor(place / K) % C]
    if (filter >= C) return value
    return channel === filter && Math.floor(place / (K * C)) === centre ? 1 : 0
  })
}

/** The number of a window's central cell, counted row by row. */
const centreOf = (window: Shape): number =>
  window.reduce((place, length, axis) => place + Math.floor(length / 2) * sizeOf(window.slice(axis + 1)), 0)
