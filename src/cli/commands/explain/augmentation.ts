import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainAugmentationOptions } from '../../explain/augmentation.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain augmentation`: what training shows a network. */
export function addExplainAugmentation(explain: Command, { io }: CliContext): void {
  explain
    .command('augmentation')
    .description('show what the network will see: pictures as they are and in the first epochs')
    .argument(
      '[dataset]',
      'a folder, a CSV file or a glob; or cifar10, mnist, fashion-mnist, shapes, digits',
      'shapes',
    )
    .option('--augment <list>', 'flip,shift:2,cutout:8 … (default: every augmentation, one row each)')
    .option('--recipe <name>', 'the augmentation of a recipe')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option('--pictures <n>', 'pictures that are shown (default: 6)', wholeNumber('--pictures', 1, '6'))
    .option('--epochs <n>', 'epochs that are shown (default: 4)', wholeNumber('--epochs', 1, '4'))
    .option('--seed <n>', 'fixes all chances (default: 0)', wholeNumber('--seed', 0, '1'))
    .option('-o, --output <file>', '.svg, .png or .html (default: the steps in words)')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (dataset: string, options: ExplainAugmentationOptions) => {
      const { explainAugmentation } = await import('../../explain/augmentation.js')
      await explainAugmentation(dataset, options, io)
    })
}
