import type { Command } from 'commander'
import { OptionError } from '../../base/errors.js'
import type { CliContext } from '../context.js'
import type { LookOptions } from '../look/look.js'

/** `fovea data`: what a data set holds, or a folder of pictures. */
export function addData(program: Command, context: CliContext): void {
  program
    .command('data')
    .description(
      'look at pictures before training: classes, sizes, broken files, duplicates, advice; of a data set shapes, ranges, pictures per class',
    )
    .argument(
      '<pictures>',
      'a folder with a folder of pictures for each class, a CSV file, a glob; or cifar10, mnist, fashion-mnist, shapes, digits',
    )
    .option('--data <dir>', 'folder or .tar.gz with the official files (default: fetched once, then cached)')
    .option(
      '-o, --output <file>',
      'a contact sheet (.svg, .png, .html), a row per file (.csv), or all (.json)',
    )
    .option('--class <name>', 'draw many pictures of this class, not some of each')
    .option('--all', 'list all files that are the same or look alike, not the first few')
    .option('--json', 'print everything as JSON, and nothing else')
    .option('--theme <theme>', 'auto, light or dark (default: auto, for .png light)')
    .action(async (given: string, options: LookOptions) => {
      const { isDatasetName } = await import('../source/data-source.js')
      if (isDatasetName(given)) return describeNamed(given, options, context)
      const { look } = await import('../look/look.js')
      context.exitCode = await look(given, options, context.io)
    })
}

async function describeNamed(name: string, options: LookOptions, { io }: CliContext): Promise<void> {
  refuseLookOptions(name, options)
  const { loadData } = await import('../load-data.js')
  const { askedByName } = await import('../source/data-source.js')
  const { describe, formatDescription } = await import('../../data/describe.js')
  const dataset = await loadData(askedByName(name, options.data), io)
  io.out(formatDescription(describe({ ...dataset, notices: [] }))) // loadData has told them
}

const lookOptions = ['output', 'class', 'all', 'json', 'theme'] as const

/** A data set with a name has no files of pictures. */
function refuseLookOptions(name: string, options: LookOptions): void {
  const given = lookOptions.find(option => options[option] !== undefined)
  if (given === undefined) return
  throw new OptionError(
    `${given === 'output' ? '-o' : `--${given}`}: only for pictures in files of their own, which ${name} has none of.`,
    'Leave it out, or give a folder of pictures.',
  )
}
