import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainFeaturesOptions } from '../../explain/features.js'
import { addPictureOption, addSeenOptions, several } from './seen-options.js'

/** `fovea explain features`: what every layer makes of a picture. */
export function addExplainFeatures(explain: Command, { io }: CliContext): void {
  const command = explain
    .command('features')
    .description('show what every layer makes of a picture, before and after training')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .argument('[picture]', 'a picture file (default: a picture of the test set)')
    .option('--layer <name>', 'only this layer; may be given several times', several)
    .option('--tones <rule>', 'how numbers become grey: shift, symmetric or range (default: shift)')
  addSeenOptions(addPictureOption(command)).action(
    async (path: string, picture: string | undefined, options: ExplainFeaturesOptions) => {
      const { explainFeatures } = await import('../../explain/features.js')
      await explainFeatures(path, picture ?? null, options, io)
    },
  )
}
