import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { hearNotices } from '../base/notices.js'
import { usePlatform } from '../base/platform.js'
import { fileError } from '../node/file-errors.js'
import { nodePlatform } from '../node/platform.js'
import { addData } from './commands/data.js'
import { addEvaluate } from './commands/evaluate.js'
import { addExplain } from './commands/explain.js'
import { addInfo } from './commands/info.js'
import { addLrFind } from './commands/lr-find.js'
import { addPlot } from './commands/plot.js'
import { addPredict } from './commands/predict.js'
import { addRemedies } from './commands/remedies.js'
import { addReport } from './commands/report.js'
import { addServe } from './commands/serve.js'
import { addStart } from './commands/start.js'
import { addSummary } from './commands/summary.js'
import { addTrace } from './commands/trace.js'
import { addTrain } from './commands/train.js'
import type { CliContext } from './context.js'
import { type CliIo, processIo } from './io.js'
import { reportError } from './report-error.js'

/**
 * Runs one command line.
 *
 * @param argv the words after `fovea`
 * @returns the exit code: 0, 1 for an error, 130 when Ctrl-C ended training
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  const context: CliContext = { io, exitCode: 0 }
  const stopHearing = hearNotices(sentence => io.err(sentence))
  try {
    await commandLine(context).parseAsync(argv, { from: 'user' })
    return context.exitCode
  } catch (error) {
    return reportError(error, io)
  } finally {
    stopHearing()
  }
}

/** Runs the command line this process was started with. */
export function runHere(): Promise<number> {
  usePlatform(nodePlatform)
  process.stdout.on('error', endWithReader)
  return run(process.argv.slice(2), processIo())
}

/** Whoever read our output has stopped (`fovea … | head`), or it goes to a full disk: there is nobody left to work for. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  process.exit(reportError(fileError('The standard output', 'written', error), processIo()))
}

function commandLine(context: CliContext): Command {
  const program = new Command('fovea')
    .description('Convolutional networks in TypeScript: build, train, see and ship them.')
    .version(readVersion())
    .exitOverride()
    .configureOutput({
      writeOut: text => context.io.out(withoutLastBreak(text)),
      writeErr: text => context.io.err(withoutLastBreak(text)),
    })
  for (const add of [
    addTrain,
    addEvaluate,
    addPredict,
    addInfo,
    addSummary,
    addTrace,
    addPlot,
    addExplain,
    addReport,
    addRemedies,
    addLrFind,
    addServe,
    addData,
    addStart,
  ])
    add(program, context)
  return program
}

const withoutLastBreak = (text: string): string => text.replace(/\n$/, '')

function readVersion(): string {
  const description = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(description) as { version: string }).version
}
