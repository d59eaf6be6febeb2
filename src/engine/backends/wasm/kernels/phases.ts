/**
 * Along one axis: the cells of a picture that see the same taps of a strided kernel. They lie a stride apart.
 *
 * A window at position u covers the cells u · stride + tap - pad. So cell y is seen by tap t where (y + pad - t) is a
 * multiple of the stride: by the taps of its phase (y + pad) mod stride, at neighbouring positions.
 */
export interface Phase {
  /** The first cell, and how many there are. */
  readonly first: number
  readonly count: number
  /** Taps of this phase, and the last one among all taps of the kernel. */
  readonly taps: number
  readonly lastTap: number
  /** Positions that the first cell reaches before position 0; negative where it begins behind it. */
  readonly before: number
}

/** All phases of `length` cells that any tap reaches. */
export function phasesOf(length: number, stride: number, kernel: number, pad: number): Phase[] {
  return Array.from({ length: Math.min(stride, length) }, (_, first) => {
    const phase = (first + pad) % stride
    const taps = Math.ceil((kernel - phase) / stride)
    const position = (first + pad - phase) / stride
    return {
      first,
      count: Math.ceil((length - first) / stride),
      taps,
      lastTap: phase + stride * (taps - 1),
      before: taps - 1 - position,
    }
  }).filter(({ taps }) => taps > 0)
}
