import type { Command } from 'commander'
import type { CliContext } from '../context.js'

/** `fovea info`: what is in a model file. */
export function addInfo(program: Command, { io }: CliContext): void {
  program
    .command('info')
    .description('say what is in a model file: network, input, classes, calibration, training')
    .argument('<model>', 'a run folder (its last weights) or a model file')
    .option('--json', 'print it as JSON')
    .action(async (path: string, { json = false }: { json?: boolean }) => {
      const { info } = await import('../info/info.js')
      await info(path, json, io)
    })
}
