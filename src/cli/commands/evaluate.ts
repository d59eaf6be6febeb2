import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import type { EvaluateOptions } from '../evaluate.js'
import { wholeNumber } from '../options.js'

/** `fovea evaluate`: how good a model is on the test pictures, class by class. */
export function addEvaluate(program: Command, { io }: CliContext): void {
  program
    .command('evaluate')
    .description('measure a model class by class: on the test pictures of its data set, or on others')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .argument('[pictures]', 'other pictures: a folder with a folder for each class, a CSV file, a glob')
    .option('--data <dir>', 'where the files of the data set are (default: where they were for training)')
    .option('--dataset <name>', 'default: the one it was trained on')
    .option('--validation', "measure on the validation part of the run's training pictures instead")
    .option(
      '--confusion',
      'print the confusion matrix too: what was taken for what (default: for up to 12 classes of your own)',
    )
    .option(
      '--test-time <views>',
      'measure also the mean over views of a picture: none, flip or flip+shift (default: flip, or the recipe says)',
    )
    .option(
      '--worst <n>',
      'name so many pictures with the highest loss, where they are files (default: 10)',
      wholeNumber('--worst', 1, '20'),
    )
    .action(async (path: string, pictures: string | undefined, options: EvaluateOptions) => {
      const { evaluate } = await import('../evaluate.js')
      await evaluate(path, pictures, options, io)
    })
}
