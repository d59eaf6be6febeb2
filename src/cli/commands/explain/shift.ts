import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainShiftOptions } from '../../explain/shift-options.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain shift`: what moving a picture over its frame does to a network. */
export function addExplainShift(explain: Command, context: CliContext): void {
  explain
    .command('shift')
    .description('move pictures over the frame: dense network against convolutional, or a run of yours')
    .argument('[run]', 'a run folder or a model file (default: three networks are trained on centred digits)')
    .argument('[picture]', 'a picture file (default: test pictures of the data set)')
    .option('--dataset <name>', 'digits, mnist, … (default: digits; with a run, its own)')
    .option(
      '--data <dir>',
      'where the files of the data set are (default: with a run, where they were for training)',
    )
    .option('--range <n>', 'pixels in every direction (default: 8)', wholeNumber('--range', 1, '8'))
    .option('--class <name>', 'class of the picture that is shown (default: the first)')
    .option(
      '--pictures <n>',
      'test pictures that are moved (default: 100)',
      wholeNumber('--pictures', 1, '64'),
    )
    .option('--seed <n>', 'of the training (default: 0)', wholeNumber('--seed', 0, '1'))
    .option('--epochs <n>', 'of the training (default: 5)', wholeNumber('--epochs', 1, '5'))
    .option('--threads <n>', 'default: one for each core', wholeNumber('--threads', 1, '2'))
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (default: text on the terminal)')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (run: string | undefined, picture: string | undefined, options: ExplainShiftOptions) => {
      const { explainShift } = await import('../../explain/shift.js')
      context.exitCode = await explainShift(
        { run: run ?? null, picture: picture ?? null },
        options,
        context.io,
      )
    })
}
