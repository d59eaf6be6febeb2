import { scriptOf } from '../../base/script-text.js'

// What the player computes while numbers are typed. It is sent to the page as text and stands alone; the tests hold it
// against `explain.convolution`.

type Grid = readonly (readonly number[])[]

export interface PlayedNumbers {
  readonly input: Grid
  readonly kernel: Grid
  readonly bias: number
  readonly strides: readonly [number, number]
  readonly padding: 'valid' | 'same'
}

export interface PlayedWalk {
  /** The input with its margin. */
  readonly padded: Grid
  /** Rows and columns of the margin before the input. */
  readonly top: number
  readonly left: number
  readonly output: Grid
}

/** Convolution of one channel, with Keras' margins. */
export function playedWalk({ input, kernel, bias, strides, padding }: PlayedNumbers): PlayedWalk {
  const rows = playedAxis(input.length, kernel.length, strides[0], padding)
  const columns = playedAxis(input[0]!.length, kernel[0]!.length, strides[1], padding)
  const padded = Array.from({ length: rows.padded }, (_, row) =>
    Array.from(
      { length: columns.padded },
      (_, column) => input[row - rows.before]?.[column - columns.before] ?? 0,
    ),
  )
  const sum = (row: number, column: number) =>
    kernel.reduce(
      (total, weights, r) =>
        weights.reduce(
          (part, weight, s) => part + weight * padded[row * strides[0] + r]![column * strides[1] + s]!,
          total,
        ),
      0,
    ) + bias
  const output = Array.from({ length: rows.stops }, (_, row) =>
    Array.from({ length: columns.stops }, (_, column) => sum(row, column)),
  )
  return { padded, top: rows.before, left: columns.before, output }
}

/** Of one axis: its length with margin, the margin before it, and how many positions the filter has. */
export function playedAxis(size: number, kernel: number, stride: number, padding: 'valid' | 'same') {
  if (padding === 'valid') return { padded: size, before: 0, stops: Math.floor((size - kernel) / stride) + 1 }
  const stops = Math.ceil(size / stride)
  const total = Math.max(0, (stops - 1) * stride + kernel - size)
  return { padded: size + total, before: Math.floor(total / 2), stops }
}

export const walkScript = (): string => scriptOf(playedWalk, playedAxis)
