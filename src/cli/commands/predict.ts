import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { wholeNumber } from '../options.js'
import type { PredictOptions } from '../predict/predict.js'

/** Answers that are given for a picture unless it is said otherwise. */
const usualTop = 3

/** `fovea predict`: what a model sees in picture files. */
export function addPredict(program: Command, context: CliContext): void {
  program
    .command('predict')
    .description('say what pictures show')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .argument(
      '[places...]',
      'picture files, folders, globs in quotes, or - for standard input: one picture, or a list of paths',
    )
    .option('--json', 'print a line of JSON for each picture')
    .option('--csv', 'print comma-separated values: file, class, probability, sure, error')
    .option(
      '--top <n>',
      'answers for a picture, in the table and in JSON',
      wholeNumber('--top', 1, '5'),
      usualTop,
    )
    .option('-o, --output <file>', 'write a .csv or .json file instead of the table')
    .addHelpText('after', '\nExit code: 0, or 1 where a picture could not be read; the others are answered.')
    .action(async (path: string, places: string[], options: PredictOptions) => {
      const { predict } = await import('../predict/predict.js')
      context.exitCode = await predict(path, places, options, context.io)
    })
}
