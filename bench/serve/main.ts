import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usePlatform } from '../../src/base/platform.js'
import { nodePlatform } from '../../src/node/platform.js'
import { parseServeArguments, type ServeBenchArguments, usage } from './arguments.js'
import { writeBenchModel } from './bench-model.js'
import { measureLoad } from './load.js'
import { maxSize, mixedQuestions } from './questions.js'
import { formatServeResult } from './report.js'
import { ServerProcess } from './server-process.js'
import { stopUnderLoad } from './stop-under-load.js'

async function main(options: ServeBenchArguments): Promise<void> {
  if (options.help) return console.log(usage)
  const folder = mkdtempSync(join(tmpdir(), 'fovea-serve-'))
  try {
    await bench(options.model ?? (await writeBenchModel(folder)), options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function bench(model: string, { connections, seconds, json }: ServeBenchArguments): Promise<void> {
  const questions = await mixedQuestions()
  // Each request has four pictures at most: with so many places nobody is told to come again.
  const server = await ServerProcess.start(model, ['--max-size', maxSize, '--queue', String(4 * connections)])
  const load = await measureLoad(server, questions, { connections, seconds })
  const stop = await stopUnderLoad(server, questions, connections)
  console.log(json ? JSON.stringify({ load, stop }, null, 2) : formatServeResult(connections, load, stop))
  if (Object.keys(stop.lost).length > 0 || stop.exitCode !== 0 || load.unanswered > 0) process.exitCode = 1
}

usePlatform(nodePlatform)
try {
  await main(parseServeArguments(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
