import { formatCount } from '../../base/format.js'
import { formatShape } from '../../base/shape.js'
import type { ConvolutionStep, ConvolutionWalk } from '../../explain/convolution.js'
import type { Grid } from '../../explain/planes.js'
import { equationsOf, equationText } from '../../viz/convolution/equation.js'
import { channelName, isLarge } from '../../viz/convolution/walk.js'
import { besideEachOther, gridLines } from './grids.js'

const sizeOf = (grid: Grid): string => formatShape([grid.length, grid[0]!.length])

/** `Input 5×5; filter 3×3; padding valid → output 3×3` */
export function sizesOf({ planes, pad, padding, kernels, strides, output }: ConvolutionWalk): string {
  const height = planes[0]!.length - pad.top - pad.bottom
  const width = planes[0]![0]!.length - pad.left - pad.right
  const channels = planes.length > 1 ? `, ${planes.length} channels` : ''
  const moves = strides[0] === 1 ? '' : `, strides ${strides[0]}`
  return `Input ${formatShape([height, width])}${channels}; filter ${sizeOf(kernels[0]!)}; padding ${padding}${moves} → output ${sizeOf(output)}`
}

/** The sizes, what the filter does, and how the output becomes a picture. */
export const formatWalk = (walk: ConvolutionWalk, sentence: string): string =>
  [sizesOf(walk), sentence, `As a picture: ${walk.outputTones.sentence}`].filter(Boolean).join('\n')

/** One step: the cells with the window in brackets, the filter, the output so far, the products and their sum. */
export function formatStep(walk: ConvolutionWalk, step: ConvolutionStep): string {
  const heading = `Step ${formatCount(step.number)} of ${formatCount(walk.output.flat().length)}: output row ${step.row}, column ${step.column}`
  const planes = walk.planes.map((_, c) => besideEachOther(blocksOf(walk, step, c)))
  return [heading, ...planes, ...equationsOf(step).map(equationText)].join('\n')
}

function blocksOf(walk: ConvolutionWalk, step: ConvolutionStep, channel: number) {
  const channels = walk.planes.length
  const name = channels > 1 ? ` ${channelName(channel, channels)}` : ''
  const kernel = walk.kernels[channel]!
  return [
    { title: `Input${name}`, lines: windowLines(walk, step, channel) },
    { title: 'Filter', lines: gridLines(kernel) },
    ...(channel === 0 && !isLarge(walk.output)
      ? [{ title: 'Output', lines: outputLines(walk.output, step) }]
      : []),
  ]
}

/** All cells with the window in brackets; of a large picture only the window. */
function windowLines(
  { planes, kernels }: ConvolutionWalk,
  { top, left }: ConvolutionStep,
  channel: number,
): string[] {
  const plane = planes[channel]!
  const [height, width] = [kernels[0]!.length, kernels[0]![0]!.length]
  if (!isLarge(plane)) return gridLines(plane, { top, left, height, width })
  return gridLines(plane.slice(top, top + height).map(row => row.slice(left, left + width)))
}

const outputLines = (output: Grid, { row, column, number }: ConvolutionStep): string[] =>
  gridLines(
    output.map((cells, r) => cells.map((value, c) => (r * cells.length + c < number ? value : null))),
    { top: row, left: column, height: 1, width: 1 },
  )
