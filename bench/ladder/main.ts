import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usePlatform } from '../../src/base/platform.js'
import { fusesProducts } from '../../src/engine/backends/wasm/features.js'
import { nodePlatform } from '../../src/node/platform.js'
import { peakGflops } from '../limits/peak.js'
import { thisMachine } from '../machine.js'
import { root } from '../root.js'
import { type LadderArguments, parseLadderArguments, titleOf, usage } from './arguments.js'
import { climb } from './climb.js'
import { ladder } from './ladder.js'
import { formatLadder } from './report.js'
import { isWrong, type LadderResult, type Rung } from './result.js'

/** Progress and complaints: standard output is for the result. */
function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${progress}`)
}

async function main(options: LadderArguments): Promise<void> {
  if (options.help) return console.log(usage)
  const result = await runLadder(options)
  tell('')
  const report = formatLadder(result)
  console.log(options.json ? JSON.stringify(result, null, 2) : `\n${report}`)
  if (options.write) keep(report)
  if (result.rungs.some(({ steps }) => steps.some(isWrong))) process.exitCode = 1
}

async function runLadder({ threads, layers, deterministic, timed }: LadderArguments): Promise<LadderResult> {
  const fused = !deterministic && fusesProducts()
  const peak = () => peakGflops({ fma: fused, threads })
  const before = await peak()
  const rungs: Rung[] = []
  for (const layer of layers) {
    tell(titleOf(layer))
    rungs.push(await climb(layer, timed, { threads, deterministic }))
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    threads,
    fused,
    // Twice, because somebody else may have been at work.
    peak: Math.max(before, await peak()),
    rungs,
  }
}

function keep(report: string): void {
  const path = join(root, 'bench/ladder/results.md')
  writeFileSync(
    path,
    `# Kernels, layer by layer\n\nWritten by \`npm run bench:ladder -- --write\`.\n\n${report}\n`,
  )
  process.stderr.write(`Kept in ${path}\n`)
}

usePlatform(nodePlatform)
try {
  await main(parseLadderArguments(process.argv.slice(2), ladder))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
