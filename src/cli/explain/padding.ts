import { padding } from '../../explain/padding.js'
import { drawPadding, paddingSentences } from '../../viz/padding.js'
import type { Theme } from '../../viz/svg/theme.js'
import type { CliIo } from '../io.js'
import { checkOutput, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { readSize } from './grids.js'

/** The options of `fovea explain padding` as they were given. */
export interface ExplainPaddingOptions {
  readonly size: string
  readonly kernel: string
  readonly strides?: number
  readonly output?: string
  /** Checked by `checkTheme`. */
  readonly theme?: Theme
}

/** Does what `fovea explain padding` is asked for. */
export async function explainPadding(options: ExplainPaddingOptions, io: CliIo): Promise<void> {
  const { output } = options
  const theme = checkTheme(options.theme)
  if (output !== undefined) checkOutput(output, { json: true })
  const comparison = padding({
    size: readSize('--size', options.size),
    kernel: readSize('--kernel', options.kernel),
    strides: options.strides ?? 1,
  })
  if (output !== undefined)
    await writeOutput(io, output, { drawing: () => drawPadding(comparison), json: () => comparison }, theme)
  for (const one of [comparison.valid, comparison.same])
    io.out(
      [
        `padding "${one.padding}": ${comparison.size.join('×')} → ${one.output.join('×')}`,
        ...one.formulas,
        ...paddingSentences(one),
      ]
        .map((line, i) => (i === 0 ? line : `  ${line}`))
        .join('\n'),
    )
}
