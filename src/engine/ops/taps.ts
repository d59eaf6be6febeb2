import type { Shape } from '../../base/shape.js'
import type { Window2D } from './attributes.js'

/** An input cell, the output cell whose window covers it, and the window's cell it lies under; all counted from 0. */
export type Visit = (input: number, output: number, tap: number) => void

/**
 * Calls `visit` for every pair of cells that the window joins: output cell by output cell, and within its window row
 * by row. Padding is passed over. `input` is [N, H, W, …], `output` [N, H', W', …]; a cell holds all its channels.
 */
export function eachTap(window: Window2D, input: Shape, output: Shape, visit: Visit): void {
  const [pictures, rows, columns] = output as [number, number, number]
  const { strides, pad } = window
  let cell = 0
  for (let n = 0; n < pictures; n++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        tapsOfCell(window, input, [n, i * strides[0] - pad.top, j * strides[1] - pad.left], cell++, visit)
}

function tapsOfCell(
  { kernel: [R, S], dilation }: Window2D,
  [, H, W]: Shape,
  [n, top, left]: readonly [number, number, number],
  cell: number,
  visit: Visit,
): void {
  for (let r = 0; r < R; r++) {
    const h = top + r * dilation[0]
    if (h < 0 || h >= H!) continue
    for (let s = 0; s < S; s++) {
      const w = left + s * dilation[1]
      if (w >= 0 && w < W!) visit((n * H! + h) * W! + w, cell, r * S + s)
    }
  }
}
