import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { positiveNumber, share, wholeNumber } from '../options.js'
import type { TrainOptions } from '../training/settings.js'

/** `fovea train`: trains a network on a data set, or goes on with a run. */
export function addTrain(program: Command, context: CliContext): void {
  program
    .command('train')
    .description('train a network on a data set, by the recipe of the tutorial unless told otherwise')
    .argument('[dataset]', 'cifar10, mnist, fashion-mnist, shapes or digits')
    .option('--model <name>', 'tutorial, dense or small (default: tutorial)')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option('--run <dir>', 'folder for the results (default: runs/DATASET-MODEL-N)')
    .option(
      '--epochs <n>',
      'passes over the training pictures (default: 40)',
      wholeNumber('--epochs', 1, '40'),
    )
    .option('--batch-size <n>', 'pictures in a step (default: 32)', wholeNumber('--batch-size', 1, '32'))
    .option('--optimizer <name>', 'sgd or adam (default: sgd)')
    .option('--learning-rate <x>', 'default: 0.001', positiveNumber('--learning-rate', '0.001'))
    .option('--momentum <x>', 'of sgd (default: 0.5)', share('--momentum', '0.9'))
    .option(
      '--validation-split <x>',
      'share of the training pictures that measures progress (default: 0.1)',
      share('--validation-split', '0.1'),
    )
    .option(
      '--train-eval [rows]',
      'measure so many training pictures like the validation part (default: as many as it has)',
      wholeNumber('--train-eval', 1, '1000'),
    )
    .option('--seed <n>', 'fixes everything random (default: 0)', wholeNumber('--seed', 0, '1'))
    .option('--threads <n>', 'at most, and by default, one for each core', wholeNumber('--threads', 1, '2'))
    .option('--deterministic', 'the same bits on every machine, a little slower')
    .option(
      '--checkpoint-every <seconds>',
      'save in the middle of epochs too (default: 60)',
      positiveNumber('--checkpoint-every', '60'),
    )
    .option('--resume <run>', 'go on with an interrupted run, from its last checkpoint')
    .option('--no-report', 'do not write report.html into the run folder at the end')
    .option('--json', 'print the events of training as JSON lines, and nothing else')
    .action(async (dataset: string | undefined, options: TrainOptions) => {
      const { train } = await import('../training/train.js')
      context.exitCode = await train(dataset, options, context.io)
    })
}
