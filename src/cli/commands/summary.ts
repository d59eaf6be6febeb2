import type { Command } from 'commander'
import type { SummaryStyle } from '../../nn/summary/summary.js'
import type { CliContext } from '../context.js'

interface SummaryFlags {
  readonly model: string
  /** Checked by the summary itself. */
  readonly style: SummaryStyle
  readonly wide?: boolean
}

/** `fovea summary`: the table of a network's layers. */
export function addSummary(program: Command, { io }: CliContext): void {
  program
    .command('summary')
    .description("print the table of a network's layers, for CIFAR-10's pictures")
    .option('--model <name>', 'tutorial, dense, small, dimensions or resnet', 'tutorial')
    .option('--style <style>', 'classic or keras3', 'classic')
    .option('--wide', 'with multiply-adds and output bytes')
    .action(async ({ model, style, wide = false }: SummaryFlags) => {
      const { namedNetwork } = await import('../named-network.js')
      const { summary } = await import('../../nn/summary/summary.js')
      io.out(summary(namedNetwork(model), { style, wide }))
    })
}
