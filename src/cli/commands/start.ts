import type { Command } from 'commander'
import type { CliContext } from '../context.js'

/** `fovea start`: the first thing to see, in less than two minutes and without a download. */
export function addStart(program: Command, context: CliContext): void {
  program
    .command('start')
    .description("train the tutorial's network on built-in pictures, in less than two minutes")
    .action(async () => {
      const { start } = await import('../start.js')
      context.exitCode = await start(context.io)
    })
}
