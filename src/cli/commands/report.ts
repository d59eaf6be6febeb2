import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { wholeNumber } from '../options.js'
import type { ReportFlags } from '../report/report.js'

/** `fovea report`: everything there is to see of a run, on one page. */
export function addReport(program: Command, context: CliContext): void {
  program
    .command('report')
    .description('write one self-contained page: curves and verdict, mistakes, filters, feature maps, sizes')
    .argument('<run>', 'a run folder or a model file')
    .option('-o, --output <file>', 'default: report.html in the run folder')
    .option('--weights <which>', 'best or last', 'best')
    .option('--data <dir>', 'where the files of the data set are (default: where they were for training)')
    .option('--dataset <name>', 'default: the one it was trained on')
    .option('--threads <n>', 'default: one for each core', wholeNumber('--threads', 1, '2'))
    .action(async (path: string, flags: ReportFlags) => {
      const { report } = await import('../report/report.js')
      context.exitCode = await report(path, flags, context.io)
    })
}
