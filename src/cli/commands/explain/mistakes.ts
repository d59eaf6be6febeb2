import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainMistakesOptions } from '../../explain/mistakes.js'
import { wholeNumber } from '../../options.js'
import { addSeenOptions } from './seen-options.js'

/** `fovea explain mistakes`: what a model takes for what. */
export function addExplainMistakes(explain: Command, { io }: CliContext): void {
  const command = explain
    .command('mistakes')
    .description(
      'show what a model gets wrong on the test pictures: what was taken for what, and the worst pictures',
    )
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .option('--top <n>', 'pictures with the highest loss (default: 12)', wholeNumber('--top', 1, '12'))
  addSeenOptions(command).action(async (path: string, options: ExplainMistakesOptions) => {
    const { explainMistakes } = await import('../../explain/mistakes.js')
    await explainMistakes(path, options, io)
  })
}
