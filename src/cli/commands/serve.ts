import type { Command } from 'commander'
import type { CliContext } from '../context.js'
import { bytes, duration, wholeNumber } from '../options.js'
import type { ServeFlags } from '../serve.js'

/** `fovea serve`: a model as an HTTP service, with a page to try it. */
export function addServe(program: Command, context: CliContext): void {
  const command = program
    .command('serve')
    .description('answer over HTTP what pictures show, with a page to try it')
    .argument('<model>', 'a run folder (its last weights) or a model file')
  for (const addOptions of [addPlace, addLimits]) addOptions(command)
  command
    .option('--log <level>', 'silent, fatal, error, warn, info, debug or trace (default: info)')
    .action(async (path: string, flags: ServeFlags) => {
      const { serve } = await import('../serve.js')
      context.exitCode = await serve(path, flags, context.io)
    })
}

/** Where it listens, and to whom. */
const addPlace = (command: Command): Command =>
  command
    .option('--port <n>', '0: any that is free (default: 8080)', wholeNumber('--port', 0, '8080'))
    .option('--host <address>', 'address to listen at (default: 127.0.0.1, for this machine alone)')
    .option(
      '--api-key-env <name>',
      'the environment variable that holds the key clients must send (default: FOVEA_API_KEY, where it is set)',
    )

/** What one client, and all of them together, may ask for. */
const addLimits = (command: Command): Command =>
  command
    .option('--max-size <bytes>', 'of a request (default: 20MB)', bytes('--max-size', '20MB'))
    .option(
      '--max-pixels <n>',
      'of a picture, by its header (default: 100000000)',
      wholeNumber('--max-pixels', 1, '25000000'),
    )
    .option('--max-files <n>', 'of a form (default: 64)', wholeNumber('--max-files', 1, '64'))
    .option(
      '--queue <n>',
      'pictures under way at the same time; beyond it clients are told to come again (default: 256)',
      wholeNumber('--queue', 1, '256'),
    )
    .option(
      '--rate <n>',
      'requests a minute from one address (default: as many as it likes)',
      wholeNumber('--rate', 1, '600'),
    )
    .option(
      '--timeout <time>',
      'for a prediction, its upload included (default: 30s)',
      duration('--timeout', '30s'),
    )
    .option(
      '--grace <time>',
      'to answer what has been accepted when it stops (default: 30s)',
      duration('--grace', '30s'),
    )
