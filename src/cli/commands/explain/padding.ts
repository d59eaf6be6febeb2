import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainPaddingOptions } from '../../explain/padding.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain padding`: what same and valid do to a picture's size. */
export function addExplainPadding(explain: Command, { io }: CliContext): void {
  explain
    .command('padding')
    .description('show what same and valid padding do, with the formula for the size')
    .option('--size <n>', 'side of the picture, or HxW', '5')
    .option('--kernel <n>', 'side of the filter, or HxW', '3')
    .option('--strides <n>', 'cells the filter moves (default: 1)', wholeNumber('--strides', 1, '2'))
    .option('-o, --output <file>', 'write a drawing (.svg, .png, .html) or .json')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (options: ExplainPaddingOptions) => {
      const { explainPadding } = await import('../../explain/padding.js')
      await explainPadding(options, io)
    })
}
