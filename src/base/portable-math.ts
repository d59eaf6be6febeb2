/**
 * Functions whose last bit is the same in every JavaScript engine. The language leaves `Math.log`, `Math.cos` and `**`
 * to the engine, and engines do differ; additions, products, divisions and square roots it fixes to the bit.
 */

/** The natural logarithm of a finite number above 0. */
export function log(x: number): number {
  let [mantissa, exponent] = [x, 0]
  for (; mantissa > Math.SQRT2; mantissa /= 2) exponent++
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) exponent--
  // log m = 2·artanh s with s = (m-1)/(m+1), of which |s| < 0.172: eleven terms reach the last bit.
  const s = (mantissa - 1) / (mantissa + 1)
  let series = 0
  for (let power = 21; power >= 1; power -= 2) series = series * s * s + 1 / power
  return exponent * Math.LN2 + 2 * s * series
}

/** The cosine of `turns` full turns, cos 2πt, for 0 ≤ t ≤ 1. */
export function cosineOfTurns(turns: number): number {
  const quarters = Math.round(4 * turns)
  const angle = 2 * Math.PI * (turns - quarters / 4)
  const size = quarters % 2 === 0 ? cosineSeries(angle) : angle * sineSeries(angle)
  return quarters === 1 || quarters === 2 ? -size : size
}

/** `base` multiplied with itself `exponent` times: a whole number, at least 0. */
export function wholePower(base: number, exponent: number): number {
  let product = 1
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product *= square
    square *= square
  }
  return product
}

/** e to the power of `x`: 0 below about -745, Infinity above about 709. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  // e^x = 2^k · e^rest with |rest| ≤ (log 2)/2: thirteen terms of the series reach the last bit.
  const k = Math.max(-1100, Math.min(1100, Math.round(x / Math.LN2)))
  const rest = Math.max(-1, Math.min(1, x - k * upperLn2 - k * lowerLn2))
  let series = 1
  for (let n = 14; n >= 1; n--) series = 1 + (series * rest) / n
  return timesPowerOfTwo(series, k)
}

/** `base` ≥ 0 to the power of `exponent`, which need not be whole. */
export function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && exponent >= 0) return wholePower(base, exponent)
  if (base === 0) return exponent > 0 ? 0 : Number.POSITIVE_INFINITY
  return exp(exponent * log(base))
}

/** log 2 in two parts; the upper has so few bits that its product with any exponent is exact. */
const upperLn2 = 0.6931471803691238
const lowerLn2 = 1.9082149292705877e-10

/** In two factors, because 2^k alone can be too large or too small where the product is not. */
function timesPowerOfTwo(value: number, k: number): number {
  const half = Math.trunc(k / 2)
  return value * powerOfTwo(half) * powerOfTwo(k - half)
}

const powerOfTwo = (k: number): number => (k < 0 ? 1 / wholePower(2, -k) : wholePower(2, k))

/** cos a for |a| ≤ π/4. */
const cosineSeries = (angle: number): number => alternating(angle, 0)

/** (sin a) / a for |a| ≤ π/4. */
const sineSeries = (angle: number): number => alternating(angle, 1)

/** 1 - a²/((f+1)(f+2)) + a⁴/((f+1)…(f+4)) - …, as far as the last bit for |a| ≤ π/4. */
function alternating(angle: number, first: 0 | 1): number {
  let series = 1
  for (let n = 16; n >= 2; n -= 2) series = 1 - (series * angle * angle) / ((first + n) * (first + n - 1))
  return series
}
