import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Arguments, parseArguments, usage } from './arguments.js'
import { formatReport } from './report/report.js'
import { root } from './root.js'
import { runBench } from './run/bench.js'
import { systems } from './systems/systems.js'

/** Progress and complaints: standard output is for the result. */
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function main(options: Arguments): Promise<void> {
  if (options.help) return console.log(usage)
  const { only, json, write } = options
  const chosen = systems(options).filter(({ name }) => name === 'fovea' || (only ?? [name]).includes(name))
  const result = await runBench(chosen, options, say)
  const report = formatReport(result)
  console.log(json ? JSON.stringify(result, null, 2) : `\n${report}`)
  if (write) keep(report)
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
