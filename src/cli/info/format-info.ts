import { formatBytes, formatCount, formatMillions, formatPercent } from '../../base/format.js'
import type { PictureFit } from '../../base/picture-fit.js'
import { isRecord } from '../../base/record.js'
import { formatShape } from '../../base/shape.js'
import { trainingFacts } from '../../classify/training-facts.js'
import type { ModelCalibration } from '../../io/model-calibration.js'
import type { ModelInfo } from '../../io/model-info.js'
import { countOf } from '../../node/folder/passed-over.js'
import { showName } from '../../node/folder/show-name.js'
import { type Fact, trainingLines } from './format-training.js'

/** So many classes are named. */
const mostClasses = 12

/** The file's name and what is in it, a line for each thing. */
export function formatInfo(path: string, bytes: number, info: ModelInfo): string {
  const training = trainingFacts(info.training ?? undefined)
  const facts: Fact[] = [
    ['file', `${formatBytes(bytes)}, ${contents(info)}`],
    ['network', networkFact(info)],
    ['input', inputFact(info)],
    ...optional('scaling', info.preprocessing, scalingFact),
    ['classes', classesFact(info)],
    [
      'calibration',
      info.calibration ? calibrationFact(info.calibration) : 'none: nobody knows which answers are sure',
    ],
    ...(training ? trainingLines(training) : []),
  ]
  const width = Math.max(...facts.map(([about]) => about.length))
  return [path, ...facts.map(([about, said]) => `  ${about.padEnd(width)}  ${said}`)].join('\n')
}

const optional = <T>(about: string, value: T | null, say: (value: T) => string): Fact[] =>
  value === null ? [] : [[about, say(value)]]

const contents = ({ optimizer }: ModelInfo): string =>
  optimizer ? "weights and the optimizer's state (a checkpoint: training can go on from it)" : 'weights'

function networkFact({ network }: ModelInfo): string {
  const { name, layers, parameters, trainable, multiplyAdds } = network
  const fixed = parameters - trainable
  return [
    `${name}: ${formatCount(layers)} ${layers === 1 ? 'layer' : 'layers'}`,
    `${formatCount(parameters)} parameters${fixed > 0 ? ` (${formatCount(fixed)} not trained)` : ''}`,
    `${formatMillions(multiplyAdds)} multiply-adds a picture`,
  ].join(', ')
}

/** What becomes of pictures of other proportions. */
const fits: Readonly<Record<PictureFit, string>> = {
  crop: 'cut to its proportions',
  pad: 'framed in black',
  stretch: 'stretched',
}

function inputFact({ inputs, pictureFit }: ModelInfo): string {
  const shapes = inputs.map(formatShape).join(' and ')
  if (inputs.length !== 1 || inputs[0]!.length !== 3) return shapes
  const colours = ['', 'grey', '', 'colour'][inputs[0]![2]!]
  return [
    `${shapes}${colours ? ` (height×width, ${colours})` : ''}`,
    `pictures of other proportions are ${fits[pictureFit ?? 'stretch']}`,
  ].join('; ')
}

const scalingFact = ({ scale, offset }: NonNullable<ModelInfo['preprocessing']>): string =>
  `bytes 0 … 255 become ${short(offset)} … ${short(255 * scale + offset)}`

function classesFact({ classNames, outputs }: ModelInfo): string {
  if (classNames === null)
    return `no names; the network's output is ${outputs.map(formatShape).join(' and ')}`
  const named = classNames.slice(0, mostClasses).map(showName).join(', ')
  const others = classNames.length - mostClasses
  return `${formatCount(classNames.length)}: ${named}${others > 0 ? ` and ${formatCount(others)} more` : ''}`
}

function calibrationFact(calibration: ModelCalibration): string {
  const {
    temperature,
    threshold,
    reliability,
    answered,
    expectedCalibrationError: error,
    pictures,
  } = calibration as Partial<ModelCalibration>
  return [
    `temperature ${short(temperature!)}`,
    `sure above ${formatPercent(threshold!)}`,
    ...(reliability === undefined ? [] : [`of sure answers ${formatPercent(reliability)} should be right`]),
    ...(answered === undefined ? [] : [`${formatPercent(answered)} of pictures get one`]),
    ...(!isRecord(error)
      ? []
      : [`calibration error ${formatPercent(error.before)} → ${formatPercent(error.after)}`]),
    ...(pictures === undefined ? [] : [`from ${countOf(pictures, 'picture')}`]),
  ].join('; ')
}

/** Four digits of it. */
const short = (value: number): string => String(Number(value.toPrecision(4)))
