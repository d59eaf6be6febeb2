import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { install } from './install.js'
import { agreed, type Outcome, report } from './report.js'
import { type Runtime, runtimesFor } from './runtimes.js'
import type { Result } from './ten-steps.js'

// npm run test:runtimes: the tutorial's network, ten steps, in every runtime that npm carries. Fails unless all agree.

const script = fileURLToPath(new URL('ten-steps.js', import.meta.url))

function tryOut(runtime: Runtime): Outcome {
  let program: string
  try {
    program = install(runtime)
  } catch (cause) {
    return { runtime, kind: 'skipped', reason: (cause as Error).message }
  }
  const child = spawnSync(program, [...runtime.words, script], { encoding: 'utf8', timeout: 120_000 })
  if (child.status === 0) return { runtime, kind: 'trained', result: JSON.parse(child.stdout) as Result }
  const reason = child.error?.message ?? child.stderr.trim()
  return {
    runtime,
    kind: 'failed',
    reason: reason || `it ended with ${child.signal ?? `code ${child.status}`}`,
  }
}

const outcomes = runtimesFor().map(runtime => {
  process.stderr.write(`${runtime.name} ${runtime.version} …\n`)
  return tryOut(runtime)
})
console.log(`\n${report(outcomes)}\n`)
const same = agreed(outcomes)
console.log(same ? 'All agree, bit for bit.' : 'They do not agree.')
process.exitCode = same ? 0 : 1
