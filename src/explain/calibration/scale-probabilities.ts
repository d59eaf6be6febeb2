import { OptionError } from '../../base/errors.js'
import { exp } from '../../base/portable-math.js'
import { Tensor } from '../../base/tensor.js'
import { probabilityRows, sumOfRow } from './probability-rows.js'

/**
 * The probabilities that a softmax would have made of its logits divided by `temperature`: p^(1/T), made to sum to 1 again.
 * Above 1 a network becomes less sure, below 1 surer; its answers stay the same, because the order of the classes does. (Where
 * two probabilities are next to each other in float32, a high temperature can make them equal, but never exchange them.)
 * Computed in float64, the same bits on every machine. Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
 *
 * @param probabilities [N, C], rows that sum to 1
 * @param temperature a finite number above 0: that of `calibrate`
 * @returns [N, C], rows that sum to 1 up to float32's rounding
 * @throws ShapeError for another shape, OptionError for rows that are no probabilities or a temperature that is none
 */
export function scaleProbabilities(
  probabilities: Tensor<Float32Array>,
  temperature: number,
): Tensor<Float32Array> {
  if (!(Number.isFinite(temperature) && temperature > 0))
    throw new OptionError(
      `scaleProbabilities: temperature must be a finite number above 0, but ${String(temperature)} came.`,
      'Give the temperature that calibrate found.',
    )
  const given = probabilityRows('scaleProbabilities', probabilities)
  const { rows, classes, gaps } = given
  const sharpness = 1 / temperature
  const scaled = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const sum = sumOfRow(given, row, sharpness)
    for (let at = row * classes; at < (row + 1) * classes; at++) scaled[at] = exp(sharpness * gaps[at]!) / sum
  }
  return new Tensor(scaled, [rows, classes])
}
