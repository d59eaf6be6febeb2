import { formatCount } from '../../base/format.js'
import { type ConvolutionStep, type ConvolutionWalk, convolution } from '../../explain/convolution.js'
import { convolutionExample } from '../../explain/examples.js'
import { filterNamed } from '../../explain/named-filters.js'
import type { Grid } from '../../explain/planes.js'
import type { ToneRule } from '../../explain/tones.js'
import { convolutionPage } from '../../report/convolution-page.js'
import { drawConvolutionStep, drawConvolutionSteps } from '../../viz/convolution.js'
import { shortNumber } from '../../viz/svg/numbers.js'
import type { Theme } from '../../viz/svg/theme.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, type Output, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { type CellOptions, cellsFor } from './cells.js'
import { formatStep, formatWalk, sizesOf } from './format-convolution.js'
import { readGrid, readPadding, readPosition, refuseBoth } from './grids.js'

/** The options of `fovea explain convolution` as they were given. */
export interface ExplainConvolutionOptions extends CellOptions {
  readonly filter?: string
  readonly kernel?: string
  readonly at?: string
  readonly bias?: number
  readonly padding: string
  readonly strides?: number
  /** Checked by `toTones`. */
  readonly tones: ToneRule
  readonly output?: string
  /** Checked by `checkTheme`. */
  readonly theme?: Theme
}

/** Does what `fovea explain convolution` is asked for. */
export async function explainConvolution(
  picture: string | null,
  options: ExplainConvolutionOptions,
  io: CliIo,
): Promise<void> {
  const { output } = options
  const theme = checkTheme(options.theme)
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const { kernel, sentence } = kernelOf(options)
  const walk = convolution({
    input: await cellsFor(picture, options, convolutionExample.input, io),
    kernel,
    bias: options.bias ?? 0,
    padding: readPadding(options.padding),
    strides: options.strides ?? 1,
    tones: { how: options.tones },
  })
  const steps = stepsOf(walk, options.at, picture !== null)
  if (output !== undefined) await writeOutput(io, output, outputOf(walk, steps), theme)
  if (output === undefined)
    io.out([formatWalk(walk, sentence), ...steps.map(step => formatStep(walk, step))].join('\n\n'))
  else io.out(`${sizesOf(walk)}. ${resultsOf(steps)}`)
}

/** The filter, and what one with a name does. */
function kernelOf({ filter, kernel }: ExplainConvolutionOptions): { kernel: Grid; sentence: string } {
  refuseBoth('--filter', '--kernel', filter !== undefined && kernel !== undefined)
  if (kernel !== undefined) return { kernel: readGrid('--kernel', kernel), sentence: '' }
  const name = filter ?? 'sharpen'
  const named = filterNamed(name)
  return { kernel: named.kernel, sentence: `${name}: ${named.sentence}` }
}

/** The step asked for; else the first, second and last, or of a picture the one in its middle. */
function stepsOf(walk: ConvolutionWalk, at: string | undefined, isPicture: boolean): ConvolutionStep[] {
  if (at !== undefined) return [walk.step(...readPosition(at))]
  const [rows, columns] = [walk.output.length, walk.output[0]!.length]
  if (isPicture) return [walk.step(Math.floor(rows / 2), Math.floor(columns / 2))]
  const cells = rows * columns
  const numbers = [...new Set([0, Math.min(1, cells - 1), cells - 1])]
  return numbers.map(number => walk.step(Math.floor(number / columns), number % columns))
}

const outputOf = (walk: ConvolutionWalk, steps: readonly ConvolutionStep[]): Output => ({
  drawing: () => (steps.length === 1 ? drawConvolutionStep(walk, steps[0]!) : drawConvolutionSteps(walk)),
  html: () => convolutionPage(walk, steps[0]!),
  csv: () =>
    csvOf(
      walk.output[0]!.map((_, column) => `column ${column}`),
      walk.output,
    ),
  json: () => ({ ...withoutTones(walk), steps }),
})

const withoutTones = ({ planes, pad, padding, kernels, bias, strides, output }: ConvolutionWalk) => ({
  ...{ planes, pad, padding, kernels, bias, strides, output },
})

/** What is to be seen on the drawing. */
const resultsOf = (steps: readonly ConvolutionStep[]): string =>
  steps
    .map(
      ({ number, row, column, sum }) =>
        `Step ${formatCount(number)} (row ${row}, column ${column}) gives ${shortNumber(sum)}.`,
    )
    .join(' ')
