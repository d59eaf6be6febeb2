import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainPoolingOptions } from '../../explain/pooling.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain pooling`: max, average and min side by side. */
export function addExplainPooling(explain: Command, { io }: CliContext): void {
  explain
    .command('pooling')
    .description('show what max, average and min pooling make of the same cells')
    .argument('[picture]', 'a picture file (default: 4×4 cells of our own)')
    .option('--input <rows>', 'cells of your own: "1 2 3 4; 5 6 7 8"')
    .option('--window <n>', 'side of the window (default: 2)', wholeNumber('--window', 1, '2'))
    .option('--strides <n>', 'cells the window moves (default: its side)', wholeNumber('--strides', 1, '2'))
    .option('--padding <kind>', 'valid or same', 'valid')
    .option('--size <HxW>', 'size the picture is brought to (default: its own, at most 256)')
    .option('-o, --output <file>', 'write a drawing (.svg, .png, .html), .csv or .json')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (picture: string | undefined, options: ExplainPoolingOptions) => {
      const { explainPooling } = await import('../../explain/pooling.js')
      await explainPooling(picture ?? null, options, io)
    })
}
