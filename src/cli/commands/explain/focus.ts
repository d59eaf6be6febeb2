import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainFocusOptions } from '../../explain/focus.js'
import { addPictureOption, addSeenOptions, several } from './seen-options.js'

/** `fovea explain focus`: where a network looks. */
export function addExplainFocus(explain: Command, { io }: CliContext): void {
  const command = explain
    .command('focus')
    .description('show where in a picture a network finds what speaks for a class')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .argument('[picture...]', 'picture files (default: a picture of the test set)')
    .option('--class <name>', 'a class; may be given several times (default: the three likeliest)', several)
    .option('--layer <name>', 'whose output is looked into (default: the last convolution)')
    .option('--method <name>', 'hirescam or gradcam (default: hirescam)')
  addSeenOptions(addPictureOption(command)).action(
    async (path: string, pictures: string[], options: ExplainFocusOptions) => {
      const { explainFocus } = await import('../../explain/focus.js')
      await explainFocus(path, pictures, options, io)
    },
  )
}
