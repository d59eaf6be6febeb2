import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import type { LrFindOptions } from '../lr-find/lr-find.js'
import { positiveNumber, share, wholeNumber } from '../options.js'

/** `fovea lr-find`: which learning rate to begin with. */
export function addLrFind(program: Command, context: CliContext): void {
  program
    .command('lr-find')
    .description('train for some steps with ever larger learning rates, and say which one to begin with')
    .argument('<dataset>', 'a folder, a CSV file or a glob; or cifar10, mnist, fashion-mnist, shapes, digits')
    .option('--recipe <name>', 'whose network, optimizer, batches and pictures (default: tutorial)')
    .option('--model <name>', 'another network than the recipe has')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option('--optimizer <name>', 'sgd, adam, … (default: the recipe says)')
    .option(
      '--momentum <x>',
      'of sgd, rmsprop or muon (default: the recipe says)',
      share('--momentum', '0.9'),
    )
    .option(
      '--batch-size <n>',
      'pictures in a step (default: the recipe says)',
      wholeNumber('--batch-size', 1, '32'),
    )
    .option('--from <x>', 'the lowest rate (default: 0.000001)', positiveNumber('--from', '0.000001'))
    .option('--to <x>', 'the highest rate (default: 10)', positiveNumber('--to', '10'))
    .option('--steps <n>', 'rates that are tried (default: 200)', wholeNumber('--steps', 10, '200'))
    .option('--seed <n>', 'fixes everything random (default: 0)', wholeNumber('--seed', 0, '1'))
    .option('--threads <n>', 'at most, and by default, one for each core', wholeNumber('--threads', 1, '2'))
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (default: a curve on the terminal)')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (dataset: string, options: LrFindOptions) => {
      const { lrFind } = await import('../lr-find/lr-find.js')
      context.exitCode = await lrFind(dataset, options, context.io)
    })
}
