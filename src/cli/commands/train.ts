import { type Command, Option } from 'commander'
import { pictureFits } from '../../base/picture-fit.js'
import type { CliContext } from '../context.js'
import { duration, names, numberFrom0, positiveNumber, share, wholeNumber } from '../options.js'
import type { TrainOptions } from '../training/train-options.js'

/** `fovea train`: trains a network on a data set, or goes on with a run. */
export function addTrain(program: Command, context: CliContext): void {
  const command = program
    .command('train')
    .description('train a network on pictures of your own, or on a data set by the recipe of the tutorial')
    .argument(
      '[pictures]',
      'a folder with a folder of pictures for each class, a CSV file, a glob; or cifar10, mnist, fashion-mnist, shapes, digits',
    )
  for (const addOptions of [addSource, addFolder, addLength, addOptimizer, addRemedies, addMeasuring, addRun])
    addOptions(command)
  command.action(async (dataset: string | undefined, options: TrainOptions) => {
    const { train } = await import('../training/train.js')
    context.exitCode = await train(dataset, options, context.io)
  })
}

/** What is trained, on which pictures. */
const addSource = (command: Command): Command =>
  command
    .option(
      '--recipe <name>',
      'how everything is done: tutorial, tutorial-quick, tutorial-mended, quick, strong or record (default: tutorial)',
    )
    .option('--model <name>', 'another network than the recipe has: tutorial, dense, small, …')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option(
      '--pictures <n>',
      'take so many training pictures only (default: all)',
      wholeNumber('--pictures', 1, '10000'),
    )
    .option('--run <dir>', 'folder for the results (default: runs/PICTURES-MODEL-N)')

/** How the pictures of a folder are read. */
const addFolder = (command: Command): Command =>
  command
    .option(
      '--size <pixels>',
      'height and width that pictures of a folder get (default: by their own, 32 to 128)',
      wholeNumber('--size', 8, '64'),
    )
    .addOption(
      new Option('--fit <way>', 'what becomes of other proportions (default: crop)').choices(pictureFits),
    )
    .addOption(
      new Option('--colour <as>', 'read pictures of a folder so (default: as they are)').choices([
        'grey',
        'colour',
      ]),
    )
    .option(
      '--test-split <x>',
      'share of the pictures of a folder that is kept for the test at the end (default: 0.15)',
      share('--test-split', '0.15'),
    )
    .addOption(
      new Option('--class-weight <way>', 'balanced: rare classes count as much as others').choices([
        'balanced',
      ]),
    )

/** How long, in steps of how many pictures. */
const addLength = (command: Command): Command =>
  command
    .option(
      '--epochs <n>',
      'passes over the training pictures (default: the recipe says; with --budget as many as fit)',
      wholeNumber('--epochs', 1, '32'),
    )
    .option(
      '--batch-size <n>',
      'pictures in a step (default: the recipe says)',
      wholeNumber('--batch-size', 1, '32'),
    )
    .option(
      '--budget <time>',
      'end then, with as many epochs as fit whatever the recipe says, and the schedule at its end: 90s, 3m, 1.5h',
      duration('--budget', '3m'),
    )

const addOptimizer = (command: Command): Command =>
  command
    .option('--optimizer <name>', 'sgd, adam, adamw, rmsprop, lion or muon (default: the recipe says)')
    .option(
      '--learning-rate <x>',
      'of every step, or the leading rate of the schedule (default: the recipe says, or for another optimizer than it has its own)',
      positiveNumber('--learning-rate', '0.001'),
    )
    .option('--schedule <name>', 'how the rate changes: constant, cosine, oneCycle, step, …')
    .option(
      '--momentum <x>',
      'of sgd, rmsprop or muon (default: the recipe says)',
      share('--momentum', '0.9'),
    )
    .option(
      '--weight-decay <x>',
      'share of each weight that goes at a rate of 1; 0: none, for no weight (default: the recipe says)',
      numberFrom0('--weight-decay', '0.0005'),
    )

/** What keeps a network from learning its pictures by heart. */
const addRemedies = (command: Command): Command =>
  command
    .option(
      '--augment <list>',
      'what is done to pictures: flip,shift:2,cutout:8 … or none; +flip: that as well',
    )
    .option(
      '--label-smoothing <x>',
      'share of every label that goes to all classes',
      share('--label-smoothing', '0.1'),
    )
    .option('--remedies <list>', 'dropout, l2, augmentation, batchNorm, earlyStopping', names)
    .option(
      '--early-stopping <epochs>',
      'end after so many epochs without a lower validation loss, with the best weights',
      wholeNumber('--early-stopping', 0, '5'),
    )

const addMeasuring = (command: Command): Command =>
  command
    .option(
      '--validation-split <x>',
      'share of the pictures that measures progress (default: 0.1, of a folder 0.15)',
      share('--validation-split', '0.1'),
    )
    .option(
      '--train-eval [rows]',
      'measure so many training pictures like the validation part (default: as many as it has)',
      wholeNumber('--train-eval', 1, '1000'),
    )

/** How the run is computed, kept and told. */
const addRun = (command: Command): Command =>
  command
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
    .option('--tensorboard', "write TensorBoard's event files into the folder tensorboard/ of the run")
    .option('--json', 'print the events of training as JSON lines, and nothing else')
