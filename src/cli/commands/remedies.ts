import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { names, positiveNumber, share, wholeNumber } from '../options.js'
import type { RemediesOptions } from '../remedies/remedies.js'

/** `fovea remedies`: the same training with each remedy against overfitting, side by side. */
export function addRemedies(program: Command, context: CliContext): void {
  program
    .command('remedies')
    .description('train a network without and with each remedy against overfitting: one chart, one table')
    .argument('[dataset]', 'a folder, a CSV file or a glob; or cifar10, mnist, fashion-mnist, shapes, digits')
    .option('--model <name>', 'the network (default: tutorial)')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option(
      '--pictures <n>',
      'training pictures that are taken; fewer overfit sooner (default: 10000)',
      wholeNumber('--pictures', 10, '5000'),
    )
    .option('--only <list>', 'none, dropout, l2, …, all (default: each remedy, none and all)', names)
    .option(
      '--epochs <n>',
      'passes over the training pictures (default: 20, of a folder by their number)',
      wholeNumber('--epochs', 1, '20'),
    )
    .option(
      '--batch-size <n>',
      'pictures in a step (default: 64, of a folder by their number)',
      wholeNumber('--batch-size', 1, '64'),
    )
    .option('--optimizer <name>', 'default: adam')
    .option(
      '--learning-rate <x>',
      "default: the optimizer's own, 0.001 for adam",
      positiveNumber('--learning-rate', '0.001'),
    )
    .option(
      '--validation-split <x>',
      'share of the pictures that measures progress (default: 0.2)',
      share('--validation-split', '0.2'),
    )
    .option('--seed <n>', 'the same for all (default: 0)', wholeNumber('--seed', 0, '1'))
    .option('--threads <n>', 'at most, and by default, one for each core', wholeNumber('--threads', 1, '2'))
    .option('--run <dir>', 'folder for the runs (default: runs/remedies-DATASET-N)')
    .option('--resume <dir>', 'go on with an interrupted comparison')
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (beside DIR/remedies.html)')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (dataset: string | undefined, options: RemediesOptions) => {
      const { compareRemedies } = await import('../remedies/remedies.js')
      context.exitCode = await compareRemedies(dataset, options, context.io)
    })
}
