import type { Command } from 'commander'
import type { CliContext } from '../../context.js'
import type { PlotModelFlags } from '../../plot/model.js'

/** `fovea plot model`: a network as boxes and arrows. */
export function addPlotModel(plot: Command, { io }: CliContext): void {
  plot
    .command('model')
    .description("draw a network as boxes and arrows, as Keras' plot_model does")
    .argument('[model]', 'a run folder or a model file (default: the network that --model names)')
    .option('--model <name>', 'tutorial, dense, small, dimensions or resnet (default: tutorial)')
    .option('-o, --output <file>', '.svg, .png, .html or .json (default: boxes on the terminal)')
    .option('--style <style>', 'classic (Keras 2) or keras3', 'classic')
    .option('--rankdir <direction>', 'TB: from top to bottom; LR: from left to right', 'TB')
    .option('--show-params', 'how many parameters each layer has')
    .option('--activations', "each layer's activation")
    .option('--no-shapes', 'leave out the shapes')
    .option('--no-names', 'leave out the names of the layers')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (path: string | undefined, flags: PlotModelFlags) => {
      const { plotModelCommand } = await import('../../plot/model.js')
      await plotModelCommand(path ?? null, flags, io)
    })
}
