import { DivergedError } from '../base/errors.js'
import type { Values } from '../engine/backends/backend.js'
import type { Diagnosis } from './divergence.js'
import { stepInput } from './step.js'

/** Pictures scaled as they should be stay far below this; bytes do not. */
const unscaled = 20

/** The error for a number that is no longer finite: where, what was found, the usual cause and what to try. */
export function divergedError(
  loss: {
    readonly what: string
    readonly value: number
    readonly place: string
    readonly learningRate: number
  },
  { culprit, inData, largest }: Diagnosis,
  inputs: Values,
): DivergedError {
  const gradient = largest ? `, largest gradient ${short(largest.magnitude)} in "${largest.weight}"` : ''
  const first = culprit ? ` First not finite: ${culprit}.` : ''
  const rate = `learning rate ${short(loss.learningRate)}`
  return new DivergedError(
    `${loss.what} became ${loss.value} at ${loss.place} (${rate}${gradient}).${first}`,
    inData
      ? 'Look for NaN or Infinity in x, and leave such rows out.'
      : usualCause(inputs, loss.learningRate),
  )
}

function usualCause(inputs: Values, learningRate: number): string {
  const largest = (inputs[stepInput.x] ?? new Float32Array()).reduce(
    (most, value) => Math.max(most, Math.abs(value)),
    0,
  )
  if (largest > unscaled)
    return `Usual cause: x is not scaled (its largest value is ${short(largest)}). Try x.scaled(1 / 255, -0.5).`
  return `Usual cause: the learning rate is too high. Try ${short(learningRate / 10)}.`
}

/** `4.2e9`, `0.001`, `255`: two digits, whole numbers up to 10,000 in full. */
const short = (value: number): string =>
  value !== 0 && (value >= 1e5 || value < 1e-4)
    ? value.toExponential(1).replace('e+', 'e')
    : String(Number.isInteger(value) && value < 1e4 ? value : Number(value.toPrecision(2)))
