import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import { wholeNumber } from '../../options.js'
import type { PlotHistoryOptions } from '../../plot/history.js'

/** `fovea plot history`: learning curves, with a verdict. */
export function addPlotHistory(plot: Command, { io }: CliContext): void {
  plot
    .command('history')
    .description('draw the learning curves of a run, or of several, and say what is to be seen in them')
    .argument('<runs...>', 'run folders: runs/NAME')
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (default: curves on the terminal)')
    .option('--log', 'a logarithmic axis for the loss')
    .option('--range <kind>', 'zero: axes begin at 0; data: where the curves do', 'zero')
    .option('--arrange <kind>', 'row, or column for narrow pages', 'row')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .option('--patience <n>', 'of the early stopping that is reckoned', wholeNumber('--patience', 0, '5'))
    .option('--ascii', 'print with ASCII letters only')
    .action(async (paths: string[], options: PlotHistoryOptions) => {
      const { plotHistory } = await import('../../plot/history.js')
      await plotHistory(paths, options, io)
    })
}
