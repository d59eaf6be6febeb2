import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainMistakesOptions } from '../../explain/mistakes.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain mistakes`: what a model takes for what. */
export function addExplainMistakes(explain: Command, { io }: CliContext): void {
  explain
    .command('mistakes')
    .description(
      'show what a model gets wrong on the test pictures: what was taken for what, and the worst pictures',
    )
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .option(
      '-o, --output <file>',
      'write a drawing (.svg, .png, .html), the matrix (.csv) or all numbers (.json)',
    )
    .option('--top <n>', 'pictures with the highest loss (default: 12)', wholeNumber('--top', 1, '12'))
    .option('--data <dir>', 'where the files of the data set are (default: where they were for training)')
    .option('--dataset <name>', 'default: the one it was trained on')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (path: string, options: ExplainMistakesOptions) => {
      const { explainMistakes } = await import('../../explain/mistakes.js')
      await explainMistakes(path, options, io)
    })
}
