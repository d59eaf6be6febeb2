import { OptionError, ShapeError } from '../base/errors.js'
import type { Tensor } from '../base/tensor.js'
import { type ProbabilityRows, probabilityRows } from './calibration/probability-rows.js'
import { confidencesOf, type Reliability, reliabilityOf } from './calibration/reliability.js'
import { fitTemperature, type TemperatureLimit } from './calibration/temperature.js'
import { type SureAnswers, sureAnswers, thresholdFloor } from './calibration/threshold.js'

/** What a network said of labelled pictures that it was not trained on. */
export interface AnswersToCalibrate {
  /** `[N, C]`, what `model.predict` makes: rows of a softmax, which sum to 1. */
  readonly probabilities: Tensor<Float32Array>
  /** `[N]`, the class each picture shows, from 0. */
  readonly labels: ArrayLike<number>
  /** One for each class, where they are at hand: a list of another length is refused. */
  readonly classNames?: readonly string[]
  /** How often an answer that is called sure should be right, above 0 and below 1. Default 0.95. */
  readonly reliability?: number
}

/** A temperature, what it makes better, and which answers are sure. Plain data: it is the same after JSON. */
export interface Calibration extends SureAnswers {
  /** What logits are divided by; `scaleProbabilities` does so. Above 1: the network claims too much as it is. */
  readonly temperature: number
  /**
   * What kept the temperature from where the loss is lowest; null: nothing did. `pictures`: fewer than 20, so it is 1. `mistakes`:
   * fewer than 10 answers are wrong and the loss falls below 1, so it is 1. `bound`: it is 0.05 or 20, and the loss falls further.
   */
  readonly limit: TemperatureLimit | null
  readonly pictures: number
  readonly classes: number
  /** The probabilities as they came. */
  readonly before: Reliability
  /** The same at the temperature. Its accuracy is that of before. */
  readonly after: Reliability
  /**
   * An answer is sure where its calibrated probability is above; else a program should say "not sure". It is the lowest number
   * above which answers are right `reliability` of the time on these pictures, counted with one standard error less (Wilson's), so
   * that luck does not do: 19 right answers of 19 are the fewest that prove 0.95. Never below 0.5, and for two classes 0.75: a
   * network that is nearly always right on pictures like these has seen none of something else, and there a low probability is the
   * only sign. 1 where no threshold will do, because there are too few pictures or too many mistakes: then no answer is sure.
   */
  readonly threshold: number
  /** What was asked for. */
  readonly reliability: number
}

/**
 * Makes a classifier's probabilities mean what they say: of all answers given with 80 %, four in five should be right. One number,
 * the temperature, is chosen so that the mean negative log likelihood of the labels is lowest (Guo et al. 2017, "On Calibration of
 * Modern Neural Networks", arXiv 1706.04599). Answers, and so the accuracy, stay as they are. Probabilities are enough, for
 * p^(1/T) normalised is softmax(logits / T). The reliability before and after is counted in 15 bins of equal width.
 *
 * Give pictures that training has not seen: a validation part. On its training pictures a network is right far more often. The
 * accuracy of sure answers is that of the pictures the threshold was chosen with, so that of others is a little lower.
 *
 * Where nearly all answers are right, the loss falls the further the temperature does: with no mistake at all it has no lowest
 * place, as the likelihood of any logistic fit on separable data has none (Platt 1999, "Probabilistic Outputs for Support Vector
 * Machines", therefore adds imagined answers of the other class). What would follow is a network that claims 100 % everywhere,
 * also for pictures of something else. So with fewer than 10 mistakes a network is made less sure if that is better, never surer.
 *
 * @throws ShapeError for shapes that do not belong together, OptionError for rows that are no probabilities, labels that are no
 * class and a reliability that is none
 */
export function calibrate({
  probabilities,
  labels,
  classNames,
  reliability = 0.95,
}: AnswersToCalibrate): Calibration {
  if (!(reliability > 0 && reliability < 1))
    throw new OptionError(
      `calibrate: reliability must be above 0 and below 1, but ${String(reliability)} came.`,
      'For example 0.95: nineteen sure answers of twenty are right.',
    )
  const given = probabilityRows('calibrate', probabilities)
  checkLabels(given, labels, classNames)
  const { rows, classes, predicted } = given
  const { temperature, limit } = fitTemperature(given, labels)
  const isRight = (row: number) => predicted[row] === labels[row]
  return {
    temperature,
    limit,
    pictures: rows,
    classes,
    before: reliabilityOf(given, labels, 1),
    after: reliabilityOf(given, labels, temperature),
    reliability,
    ...sureAnswers(confidencesOf(given, temperature), isRight, {
      reliability,
      floor: thresholdFloor(classes),
    }),
  }
}

function checkLabels(
  { rows, classes }: ProbabilityRows,
  labels: ArrayLike<number>,
  classNames: readonly string[] | undefined,
): void {
  if (labels.length !== rows)
    throw new ShapeError(
      `calibrate: there are ${rows} rows of probabilities, but ${labels.length} labels.`,
      'Give one class number a row.',
    )
  if (classNames && classNames.length !== classes)
    throw new ShapeError(
      `calibrate: there are probabilities of ${classes} classes, but ${classNames.length} names.`,
      'Give a name for every class.',
    )
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new OptionError(
        `calibrate: row ${row} has the label ${label}, but there are probabilities of the classes 0 … ${classes - 1}.`,
        'Number the classes from 0, in the order of the network.',
      )
  }
}
