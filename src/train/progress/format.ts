import { learningRateKey } from '../log-keys.js'

/** `Epoch 3/40`; where nobody knows of how many, `Epoch 3`. */
export const epochTitle = (epoch: number, epochs: number | null): string =>
  epochs === null ? `Epoch ${epoch + 1}` : `Epoch ${epoch + 1}/${epochs}`

/** `loss 1.2345`, one text for each log; four decimals, or four digits of what is very small. */
export const formatLogs = (logs: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(logs).map(
    ([key, value]) => `${key} ${key === learningRateKey ? formatLearningRate(value) : formatNumber(value)}`,
  )

/** Four digits of it, as a person would have written it: `0.01`, `3.2e-7`. */
export const formatLearningRate = (rate: number): string => String(Number(rate.toPrecision(4)))

const formatNumber = (value: number): string =>
  value !== 0 && Math.abs(value) <= 1e-3 ? value.toExponential(4) : value.toFixed(4)

/** `183 images/s`; a decimal where it is less than ten. */
export const formatRate = (imagesPerSecond: number): string =>
  `${imagesPerSecond < 10 ? imagesPerSecond.toFixed(1) : Math.round(imagesPerSecond)} images/s`

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const padded = (value: number) => String(Math.floor(value)).padStart(2, '0')
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${padded((whole % 3600) / 60)} min`
}
