import { expect, test } from 'vitest'
import { phasesOf } from './phases.js'

/** Pairs of a cell and a tap that the window joins, by the definition. */
function joined(length: number, stride: number, kernel: number, pad: number, dilation: number): string[] {
  const positions = Math.floor((length + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1
  const pairs = Array.from({ length: positions }, (_, u) =>
    Array.from({ length: kernel }, (_, tap) => ({ cell: u * stride + tap * dilation - pad, tap, u })),
  )
  return pairs
    .flat()
    .filter(({ cell }) => cell >= 0 && cell < length)
    .map(({ cell, tap, u }) => `${cell} ${tap} ${u}`)
    .sort()
}

/** The same, as the phases say it. */
function phased(length: number, stride: number, kernel: number, pad: number, dilation: number): string[] {
  const positions = Math.floor((length + 2 * pad - dilation * (kernel - 1) - 1) / stride) + 1
  const pairs = phasesOf(length, stride, kernel, pad, dilation).flatMap(phase =>
    Array.from({ length: phase.count }, (_, i) =>
      Array.from({ length: phase.taps }, (_, k) => ({
        cell: phase.first + i * stride,
        tap: phase.lastTap - k * phase.tapStep,
        u: i + k * phase.dilation - phase.before,
      })),
    ).flat(),
  )
  return pairs
    .filter(({ u }) => u >= 0 && u < positions)
    .map(({ cell, tap, u }) => `${cell} ${tap} ${u}`)
    .sort()
}

test.each(
  [1, 2, 3, 4].flatMap(stride => [1, 2, 3, 6].map(dilation => ({ stride, dilation }))),
)('strides $stride, dilation $dilation: phases join the cells and taps that the window joins', ({
  stride,
  dilation,
}) => {
  for (const kernel of [1, 2, 3, 5])
    for (const pad of [0, 1, 4]) {
      const length = 9 + dilation * (kernel - 1)
      expect(phased(length, stride, kernel, pad, dilation)).toEqual(
        joined(length, stride, kernel, pad, dilation),
      )
    }
})
