import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Arguments, parseArguments, usage } from './arguments.js'
import { formatReport } from './report/report.js'
import type { Result } from './report/result.js'
import { root } from './root.js'
import { runBench } from './run/bench.js'
import { systems } from './systems/systems.js'
import { titleOf } from './workloads.js'

/** Progress and complaints: standard output is for the result. */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

/** One line that is written over and over on a terminal; nothing else wants to hear of every window. */
function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${progress}`)
}

async function main(options: Arguments): Promise<void> {
  if (options.help) return console.log(usage)
  const { only, json, write } = options
  const chosen = systems(options).filter(({ name }) => name === 'fovea' || (only ?? [name]).includes(name))
  const result = await runBench(chosen, options, tell)
  tell('')
  const report = formatReport(result)
  console.log(json ? JSON.stringify(result, null, 2) : `\n${report}`)
  if (write) keep(report)
  failWhereFoveaFailed(result)
}

/** A peer that cannot is a line of the table; we must be able to. */
function failWhereFoveaFailed({ systems, speeds }: Result): void {
  const ours = systems[0]!.title
  const failed = speeds.find(({ system, refusal }) => system === ours && refusal !== null)
  if (failed) throw new Error(`${ours}, ${titleOf(failed.workload)}: ${failed.refusal}`)
}

function keep(report: string): void {
  const path = join(root, 'bench/results.md')
  writeFileSync(path, `# Side by side\n\nWritten by \`npm run bench -- --write\`.\n\n${report}\n`)
  say(`Kept in ${path}`)
}

const names = [...new Set(systems({ threads: 1, node: process.execPath }).map(({ name }) => name))]

try {
  await main(parseArguments(process.argv.slice(2), names))
} catch (error) {
  say((error as Error).message)
  process.exitCode = 1
}
