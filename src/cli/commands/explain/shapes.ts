import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { ExplainShapesFlags } from '../../explain/shapes.js'
import { wholeNumber } from '../../options.js'

/** `fovea explain shapes`: how sizes change from layer to layer, and what each layer costs. */
export function addExplainShapes(explain: Command, { io }: CliContext): void {
  explain
    .command('shapes')
    .description('show how sizes change from layer to layer, and where parameters and work are')
    .argument('[model]', 'a run folder or a model file (default: the network that --model names)')
    .option('--model <name>', 'tutorial, dense, small, dimensions or resnet (default: dimensions)')
    .option('-o, --output <file>', '.svg, .png, .html, .csv or .json (default: a table on the terminal)')
    .option(
      '--width <units>',
      'of the drawing; 360 suits phones (default: 760)',
      wholeNumber('--width', 320, '360'),
    )
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (path: string | undefined, flags: ExplainShapesFlags) => {
      const { explainShapes } = await import('../../explain/shapes.js')
      await explainShapes(path ?? null, flags, io)
    })
}
