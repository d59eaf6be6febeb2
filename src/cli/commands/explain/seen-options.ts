import type { Command } from 'commander'
import { wholeNumber } from '../../options.js'

/** Options of every command that looks into a trained model with pictures of its data set. */
export const addSeenOptions = (command: Command): Command =>
  command
    .option('--data <dir>', 'where the files of the data set are (default: where they were for training)')
    .option('--dataset <name>', 'default: the one it was trained on')
    .option('--threads <n>', 'default: one for each core', wholeNumber('--threads', 1, '2'))
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (default: text on the terminal)')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')

export const addPictureOption = (command: Command): Command =>
  command.option(
    '--picture <n>',
    'a picture of the test set, from 1 (default: the first)',
    wholeNumber('--picture', 1, '7'),
  )

/** Gathers the values of an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]
