import type { Command } from 'commander'
import type { CliContext } from '../context.js'

/** `fovea data`: what a data set holds. */
export function addData(program: Command, { io }: CliContext): void {
  program
    .command('data')
    .description('print what a data set holds: shapes, ranges before and after scaling, pictures per class')
    .argument('<dataset>', 'cifar10, mnist, fashion-mnist, shapes or digits')
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .action(async (name: string, { data }: { data?: string }) => {
      const { loadData } = await import('../load-data.js')
      const { namedSource } = await import('../source/data-source.js')
      const { describe, formatDescription } = await import('../../data/describe.js')
      const dataset = await loadData(namedSource(name, data), io)
      io.out(formatDescription(describe({ ...dataset, notices: [] }))) // loadData has told them
    })
}
