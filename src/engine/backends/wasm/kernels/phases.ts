/**
 * Along one axis: the cells of a picture that see the same taps of a strided kernel. They lie a stride apart.
 *
 * A window at position u covers the cells u · stride + tap · dilation - pad. So cell y is seen by tap t where
 * (y + pad - t · dilation) is a multiple of the stride: by every `tapStep`-th tap, if by any, at positions that lie evenly.
 */
export interface Phase {
  /** The first cell, and how many there are. */
  readonly first: number
  readonly count: number
  /** Taps of this phase, the last one among all taps of the kernel, and how many of those lie from one to the next. */
  readonly taps: number
  readonly lastTap: number
  readonly tapStep: number
  /** Positions from one tap's to the next's. */
  readonly dilation: number
  /** Positions that the first cell reaches before position 0; negative where it begins behind it. */
  readonly before: number
}

/** All phases of `length` cells that any tap reaches. */
export function phasesOf(length: number, stride: number, kernel: number, pad: number, dilation = 1): Phase[] {
  const common = greatestCommonDivisor(stride, dilation)
  const tapStep = stride / common
  return Array.from({ length: Math.min(stride, length) }, (_, first) => {
    const positionOf = (tap: number) => (first + pad - tap * dilation) / stride
    const firstTap = Array.from({ length: tapStep }, (_, tap) => tap).find(tap =>
      Number.isInteger(positionOf(tap)),
    )
    const taps = firstTap === undefined ? 0 : Math.max(0, Math.ceil((kernel - firstTap) / tapStep))
    const lastTap = (firstTap ?? 0) + tapStep * (taps - 1)
    return {
      first,
      count: Math.ceil((length - first) / stride),
      taps,
      lastTap,
      tapStep,
      dilation: dilation / common,
      before: -positionOf(lastTap),
    }
  }).filter(({ taps }) => taps > 0)
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)
