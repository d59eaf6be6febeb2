import { across, type Block, down, framed, titled } from '../svg/block.js'
import { beside, Drawing, stacked } from '../svg/drawing.js'
import { equationBlock, equationsOf, equationText } from './equation.js'
import { filterCells, inputCells, outputCells } from './plane.js'
import {
  cellSide,
  channelName,
  inputSize,
  isLarge,
  type StepToDraw,
  sizeText,
  type WalkToDraw,
} from './walk.js'
import { wholePictures } from './whole.js'

export interface StepOptions {
  /** Of the output cell, from 0. Default: the first. */
  readonly row?: number
  readonly column?: number
  /** `column` fits a phone, `row` puts input, filter and output side by side. Default: column. */
  readonly arrange?: 'row' | 'column'
}

const gap = 20

/** One step: the filter laid over the input, the output filled so far, and the products with their sum. */
export function drawConvolutionStep(walk: WalkToDraw, options: StepOptions = {}): Drawing {
  const { row = 0, column = 0, arrange = 'column' } = options
  const step = walk.step(row, column)
  const parts = isSmall(walk) ? smallParts(walk, step, arrange) : largeParts(walk, step, arrange)
  const block = framed(titled(headingOf(walk, step), down(parts, 16), { size: 14, gap: 12 }), 12)
  return new Drawing({
    ...block,
    title: `Convolution, step ${step.number} of ${walk.output.flat().length}`,
    description: descriptionOf(walk, step),
  })
}

/** The first, the second and the last step, below each other or side by side. */
export function drawConvolutionSteps(
  walk: WalkToDraw,
  { arrange = 'column' }: Pick<StepOptions, 'arrange'> = {},
): Drawing {
  const width = walk.output[0]!.length
  const cells = walk.output.flat().length
  const numbers = [...new Set([0, Math.min(1, cells - 1), cells - 1])]
  const drawings = numbers.map(number =>
    drawConvolutionStep(walk, { row: Math.floor(number / width), column: number % width }),
  )
  const compose = arrange === 'row' ? beside : stacked
  return compose(drawings, { title: 'Convolution, step by step', gap: 8 })
}

const isSmall = (walk: WalkToDraw): boolean =>
  walk.planes.length === 1 && !isLarge(walk.planes[0]!) && !isLarge(walk.output)

const headingOf = ({ output }: WalkToDraw, { number, row, column }: StepToDraw): string =>
  `Step ${number} of ${output.flat().length}: output row ${row}, column ${column}`

const inputSide = ({ planes, kernels }: WalkToDraw, step: StepToDraw): number =>
  cellSide(
    isLarge(planes[0]!) ? step.products.flat().map(({ value }) => value) : planes.flat(2),
    kernels.flat(2),
  )

/** One channel whose cells all have room: input, filter and output, and the sum below. */
function smallParts(walk: WalkToDraw, step: StepToDraw, arrange: 'row' | 'column'): Block[] {
  const kernel = walk.kernels[0]!
  const input = titled(`Input ${inputSize(walk).join('×')}`, inputCells(walk, step, 0, inputSide(walk, step)))
  const filter = titled(`Filter ${sizeText(kernel)}`, filterCells(kernel, cellSide(kernel.flat())))
  const output = titled(
    `Output ${sizeText(walk.output)}`,
    outputCells(walk.output, step, cellSide(walk.output.flat())),
  )
  const grids =
    arrange === 'row'
      ? across([input, filter, output], gap)
      : across([input, down([filter, output], 14)], gap)
  return [grids, ...equationBlocks(step, grids.width)]
}

/** Large pictures and several channels: the whole pictures, a close-up of each channel with its sum, and all sums. */
function largeParts(walk: WalkToDraw, step: StepToDraw, arrange: 'row' | 'column'): Block[] {
  const channels = walk.planes.length
  const panels = walk.planes.map((_, c) => channelPanel(walk, step, c))
  const close = arrange === 'row' ? across(panels, 2 * gap) : down(panels, gap)
  const total = channels > 1 ? [equationBlock(equationsOf(step).at(-1)!, close.width)] : []
  const whole = wholeOf(walk, step, close.width)
  return isLarge(walk.planes[0]!) ? [whole, close, ...total] : [close, ...total, whole]
}

function channelPanel(walk: WalkToDraw, step: StepToDraw, channel: number): Block {
  const channels = walk.planes.length
  const name = channels > 1 ? channelName(channel, channels) : 'close-up'
  const kernel = walk.kernels[channel]!
  const input = inputCells(walk, step, channel, inputSide(walk, step))
  const filter = filterCells(kernel, cellSide(walk.kernels.flat(2)))
  const grids = across([titled(`Input, ${name}`, input), titled('Filter', filter)], gap)
  return down([grids, equationBlock(equationsOf(step)[channel]!, grids.width)], 10)
}

const wholeOf = (walk: WalkToDraw, step: StepToDraw, width: number): Block =>
  isLarge(walk.output) || isLarge(walk.planes[0]!)
    ? wholePictures(walk, step, Math.max(344, width))
    : titled(`Output ${sizeText(walk.output)}`, outputCells(walk.output, step, cellSide(walk.output.flat())))

const equationBlocks = (step: StepToDraw, width: number): Block[] =>
  equationsOf(step).map(equation => equationBlock(equation, width))

function descriptionOf(walk: WalkToDraw, step: StepToDraw): string {
  const [height, width] = inputSize(walk)
  const filter = sizeText(walk.kernels[0]!)
  const lies = `A filter of ${filter} lies on an input of ${height}×${width}, its upper left corner at row ${step.top - walk.pad.top}, column ${step.left - walk.pad.left}.`
  const tones = isSmall(walk) || !isLarge(walk.output) ? '' : ` Output: ${walk.outputTones.sentence}`
  return `${lies} ${equationsOf(step).map(equationText).join('; ')}.${tones}`
}
