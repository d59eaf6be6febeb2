import type { Refuse } from './refuse.js'

/** What makes a model's probabilities mean what they say, and which answers are sure. See `explain.calibrate`. */
export interface ModelCalibration {
  /** What logits are divided by. */
  readonly temperature: number
  /** An answer is sure where its calibrated probability is above this. */
  readonly threshold: number
  /** How often a sure answer should be right. */
  readonly reliability: number
  /** So many pictures it was chosen with; training had not seen them. */
  readonly pictures: number
  /** The share of them that got a sure answer. */
  readonly answered: number
  /** The mean distance between what was claimed and what was right, without the temperature and with it. */
  readonly expectedCalibrationError: { readonly before: number; readonly after: number }
}

/** What a file says of it, checked. */
export function readCalibration(
  value: Readonly<Record<string, unknown>> | undefined,
  refuse: Refuse,
): ModelCalibration | undefined {
  if (value === undefined) return undefined
  const { temperature, threshold } = value
  if (!(isNumber(temperature) && temperature > 0))
    return refuse(`"calibration" should have a temperature above 0, but it is ${JSON.stringify(temperature)}`)
  if (!(isNumber(threshold) && threshold >= 0 && threshold <= 1))
    return refuse(`"calibration" should have a threshold from 0 to 1, but it is ${JSON.stringify(threshold)}`)
  return value as unknown as ModelCalibration
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
