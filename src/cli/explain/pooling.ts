import { poolingExample } from '../../explain/examples.js'
import { type PoolingSteps, pooling } from '../../explain/pooling.js'
import { sizesText } from '../../viz/pooling/steps.js'
import { drawPooledPictures, drawPooling } from '../../viz/pooling.js'
import type { Theme } from '../../viz/svg/theme.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, type Output, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { type CellOptions, cellsFor } from './cells.js'
import { besideEachOther, gridLines, readPadding } from './grids.js'

/** The options of `fovea explain pooling` as they were given. */
export interface ExplainPoolingOptions extends CellOptions {
  readonly window?: number
  readonly strides?: number
  readonly padding: string
  readonly output?: string
  /** Checked by `checkTheme`. */
  readonly theme?: Theme
}

/** Wider grids are shown as pictures, not as numbers. */
const mostCells = 12

/** Does what `fovea explain pooling` is asked for. */
export async function explainPooling(
  picture: string | null,
  options: ExplainPoolingOptions,
  io: CliIo,
): Promise<void> {
  const { output, window = 2 } = options
  const theme = checkTheme(options.theme)
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const steps = pooling({
    input: await cellsFor(picture, options, poolingExample, io),
    window,
    strides: options.strides ?? window,
    padding: readPadding(options.padding),
  })
  if (output === undefined)
    return io.out(isSmall(steps) ? `${sizesText(steps)}\n\n${numbersOf(steps)}` : sizesText(steps))
  await writeOutput(io, output, outputOf(steps), theme)
  io.out(`${sizesText(steps)}. Of each window max keeps the largest, average the mean, min the smallest.`)
}

const isSmall = ({ planes }: PoolingSteps): boolean =>
  planes.length === 1 && Math.max(planes[0]!.length, planes[0]![0]!.length) <= mostCells

const outputOf = (steps: PoolingSteps): Output => ({
  drawing: () => (isSmall(steps) ? drawPooling(steps) : drawPooledPictures(steps)),
  csv: () => csvOf(['kind', 'channel', 'row', ...columnTitles(steps)], rowsOf(steps)),
  json: () => ({
    ...{ planes: steps.planes, window: steps.window, strides: steps.strides, pad: steps.pad },
    ...Object.fromEntries(steps.pooled.map(({ kind, planes }) => [kind, planes])),
  }),
})

const columnTitles = ({ outputSize: [, columns] }: PoolingSteps): string[] =>
  Array.from({ length: columns }, (_, column) => `column ${column}`)

const rowsOf = ({ pooled }: PoolingSteps): (string | number)[][] =>
  pooled.flatMap(({ kind, planes }) =>
    planes.flatMap((plane, channel) => plane.map((cells, row) => [kind, channel, row, ...cells])),
  )

const numbersOf = (steps: PoolingSteps): string =>
  besideEachOther([
    { title: 'Input', lines: gridLines(steps.planes[0]!) },
    ...steps.pooled.map(({ kind, planes }) => ({ title: kind, lines: gridLines(planes[0]!) })),
  ])
