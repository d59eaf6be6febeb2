import { diagnose } from '../../explain/diagnose.js'
import { RunFolder } from '../../node/run-folder.js'
import type { CliIo } from '../io.js'
import type { PlottedRun } from './history-table.js'
import { factsOfRun } from './run-facts.js'

/** The curves of the run at `path`, and the verdict on them. */
export async function readRun(path: string, patience: number | undefined, io: CliIo): Promise<PlottedRun> {
  const run = await RunFolder.open(path)
  const history = await run.history()
  const facts = await factsOfRun(run, io)
  const diagnosis = diagnose(history, { ...facts, ...(patience !== undefined && { patience }) })
  return { name: path.replace(/\/+$/, ''), history, diagnosis }
}
