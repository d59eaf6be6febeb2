/** Maps numbers to places along an axis. */
export type Scale = (value: number) => number

/** `domain` onto `range`, evenly. A domain without extent lies in the middle of the range. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain
  const [start, end] = range
  return value => (from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start))
}

/** `domain` (above 0) onto `range`, equal ratios as equal distances. */
export function logScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const scale = linearScale([Math.log(domain[0]), Math.log(domain[1])], range)
  return value => scale(Math.log(value))
}

/** Round numbers (1, 2 or 5 times a power of ten) that cover `from` … `to` with about `count` of them, ends within. */
export function niceTicks(from: number, to: number, count = 5): number[] {
  if (!(to > from)) return [from]
  const step = niceStep((to - from) / Math.max(1, count))
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  // Multiples of the step, not sums of it: 0.1 added ten times is not 1.
  return Array.from({ length: last - first + 1 }, (_, i) => roundTo((first + i) * step, step))
}

/** The nearest of 1, 2, 5, 10 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const share = rough / power
  if (share < 1.5) return power
  if (share < 3.5) return 2 * power
  return share < 7.5 ? 5 * power : 10 * power
}

const roundTo = (value: number, step: number): number =>
  Number(value.toFixed(Math.min(20, Math.max(0, -Math.floor(Math.log10(step))))))
