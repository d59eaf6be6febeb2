import type { Command } from 'commander'
import type { CliContext } from '../context.js'

/** `fovea trace`: how a picture's size changes from layer to layer. */
export function addTrace(program: Command, { io }: CliContext): void {
  program
    .command('trace')
    .description('print how sizes change from layer to layer of a network')
    .option('--model <name>', 'tutorial, dense, small, dimensions or resnet', 'tutorial')
    .action(async ({ model }: { model: string }) => {
      const { namedNetwork } = await import('../named-network.js')
      const { formatShapes, shapes } = await import('../../nn/shapes.js')
      io.out(formatShapes(shapes(namedNetwork(model))))
    })
}
