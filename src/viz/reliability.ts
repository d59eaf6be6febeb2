import { OptionError } from '../base/errors.js'
import { formatCount, formatPercent } from '../base/format.js'
import { arranged, sentences } from './history/compose.js'
import { percentWithError, shortPercent } from './history/numbers.js'
import {
  type DrawnReliability,
  drawReliabilityPanel,
  paleBelow,
  panelWidth,
} from './reliability/reliability-panel.js'
import type { Drawing } from './svg/drawing.js'

/** What is drawn: `explain.calibrate(…)`. */
export interface DrawnCalibration {
  readonly temperature: number
  readonly pictures: number
  readonly before: DrawnReliability
  readonly after: DrawnReliability
  /** Answers of a probability above are sure; 1 where none is. */
  readonly threshold: number
  /** How often sure answers should be right, 0 … 1. */
  readonly reliability: number
  /** Share of pictures whose answer is sure. */
  readonly answered: number
  /** Of the sure answers; null where there are none. */
  readonly accuracyAnswered: { readonly value: number; readonly standardError: number } | null
}

export interface ReliabilityDrawingOptions {
  /** Before and after beside each other, or below each other, 400 units wide, for a phone. Default `row`. */
  readonly arrange?: 'row' | 'column'
}

const gap = 16

/**
 * Reliability diagrams before and after calibration: for 15 bins of the probability that answers were given with, how many of them
 * are right, beside the diagonal on which both agree; the gap between them; how many pictures each bin has; and where sure answers
 * begin. Source: Guo et al. 2017, figure 1.
 *
 * @throws OptionError where nothing was counted
 */
export function drawReliability(
  calibration: DrawnCalibration,
  { arrange = 'row' }: ReliabilityDrawingOptions = {},
): Drawing {
  const { before, after, temperature, pictures, threshold } = calibration
  if (!(pictures > 0))
    throw new OptionError(
      'drawReliability: there are no pictures to draw.',
      'Give what explain.calibrate makes.',
    )
  const scaled = `T = ${temperatureText(temperature)}`
  const panels = [
    drawReliabilityPanel(before, { name: 'Before', threshold: null }),
    drawReliabilityPanel(after, { name: `After, ${scaled}`, threshold }),
  ]
  const width = arrange === 'row' ? 2 * panelWidth + gap : panelWidth
  const text = verdict(calibration)
  return arranged(panels, [sentences(width, text, notes([before, after]))], {
    arrange,
    title: 'Reliability before and after calibration',
    description: `${panels.map(({ description }) => description).join(' ')} ${text}`,
  })
}

/** `2.31`, `0.05`, `12.4` */
const temperatureText = (temperature: number): string => String(Number(temperature.toPrecision(3)))

function verdict({
  temperature,
  before,
  after,
  pictures,
  threshold,
  reliability,
  answered,
  accuracyAnswered,
}: DrawnCalibration): string {
  const errors = [before, after].map(({ expectedCalibrationError: error }) => formatPercent(error))
  const change =
    temperature === 1
      ? 'The probabilities stay as they are.'
      : `Temperature ${temperatureText(temperature)} takes the expected calibration error (ECE) from ${errors[0]} to ${errors[1]}.`
  if (!accuracyAnswered)
    return `${change} No answer is sure: at no probability do these ${formatCount(pictures)} pictures prove it right ${shortPercent(reliability)} of the time.`
  const { value, standardError } = accuracyAnswered
  return [
    `${change} Answers above ${shortPercent(Number(threshold.toFixed(3)))} are sure:`,
    `${formatPercent(answered)} of ${formatCount(pictures)} pictures get one,`,
    `and ${percentWithError(value, standardError)} of these are right.`,
  ].join(' ')
}

const notes = (drawn: readonly DrawnReliability[]): string =>
  [
    'Bars: of the answers of a probability, how many are right. Solid frame: what they claim beyond that.',
    'Dashed frame: what they are right beyond their claim. Diagonal: both agree. Below: pictures in each bin.',
    ...(drawn.some(({ bins }) => bins.some(bin => bin.pictures > 0 && bin.pictures < paleBelow))
      ? [`Pale: fewer than ${paleBelow} pictures.`]
      : []),
  ].join(' ')
