/** A buffer that must exist from step `from` to step `to`, both included. Sizes in bytes. */
export interface BufferLife {
  readonly bytes: number
  readonly from: number
  readonly to: number
}

export interface Placement {
  /** Distance of each buffer from the arena's start, in the order given. */
  readonly offsets: readonly number[]
  readonly bytes: number
}

/** Buffers begin on cache lines; behind each there is room for a vector read that starts at its last float. */
const LINE = 64
const SLACK = 64

const rounded = (bytes: number): number => Math.ceil((bytes + SLACK) / LINE) * LINE

/**
 * Places buffers in one arena so that two that live at the same time never overlap: the largest first, each at the
 * lowest place that is free for its whole life (greedy by size, Pisarchyk & Lee 2020).
 */
export function placeBuffers(buffers: readonly BufferLife[]): Placement {
  const offsets = new Array<number>(buffers.length).fill(0)
  const bySize = buffers
    .map((_, index) => index)
    .sort((a, b) => buffers[b]!.bytes - buffers[a]!.bytes || a - b)
  const placed: number[] = []
  let bytes = 0
  for (const index of bySize) {
    const buffer = buffers[index]!
    const offset = lowestGap(
      rounded(buffer.bytes),
      placed
        .filter(other => overlaps(buffer, buffers[other]!))
        .map(other => [offsets[other]!, offsets[other]! + rounded(buffers[other]!.bytes)] as const),
    )
    offsets[index] = offset
    bytes = Math.max(bytes, offset + rounded(buffer.bytes))
    placed.push(index)
  }
  return { offsets, bytes }
}

const overlaps = (a: BufferLife, b: BufferLife): boolean => a.from <= b.to && b.from <= a.to

function lowestGap(bytes: number, taken: readonly (readonly [from: number, to: number])[]): number {
  let offset = 0
  for (const [from, to] of [...taken].sort((a, b) => a[0] - b[0])) {
    if (from - offset >= bytes) break
    offset = Math.max(offset, to)
  }
  return offset
}
