import type { Histogram } from './histogram.js'
import { double, doubles, float, int64, joined, message, text } from './protobuf.js'

/** A number that TensorBoard draws as a curve. */
export interface Scalar {
  readonly tag: string
  readonly value: number
}

/** Numbers that it draws as a distribution. */
export interface Distribution {
  readonly tag: string
  readonly histogram: Histogram
}

// Field numbers are those of tensorflow/core/util/event.proto and framework/summary.proto.

/** What every file begins with. @param time seconds since 1970 */
export const versionEvent = (time: number): Uint8Array => joined([double(1, time), text(3, 'brain.Event:2')])

/** A training goes on at this step: what was written beyond it no longer counts. */
export const restartEvent = (time: number, step: number): Uint8Array =>
  joined([double(1, time), int64(2, step), message(7, [int64(1, started)])])

const started = 1

/** Values of one step. */
export const summaryEvent = (
  time: number,
  step: number,
  scalars: readonly Scalar[],
  distributions: readonly Distribution[] = [],
): Uint8Array =>
  joined([
    double(1, time),
    int64(2, step),
    message(5, [
      ...scalars.map(({ tag, value }) => message(1, [text(1, tag), float(2, value)])),
      ...distributions.map(({ tag, histogram }) => message(1, [text(1, tag), histogramField(histogram)])),
    ]),
  ])

const histogramField = ({ min, max, count, sum, sumOfSquares, limits, counts }: Histogram): Uint8Array =>
  message(5, [
    double(1, min),
    double(2, max),
    double(3, count),
    double(4, sum),
    double(5, sumOfSquares),
    doubles(6, limits),
    doubles(7, counts),
  ])
