import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FoveaError } from '../../src/base/errors.js'
import type { Arguments } from '../arguments.js'
import type { Limits } from '../limits/limits.js'
import { thisMachine } from '../machine.js'
import { countParams } from '../network.js'
import type { Hello, WindowRequest } from '../protocol.js'
import type { MeasuredSystem, MissingSystem, Result, StartOfTraining } from '../report/result.js'
import { speeds } from '../report/speeds.js'
import { spread } from '../report/statistics.js'
import { root } from '../root.js'
import type { System } from '../systems/system.js'
import { workloads } from '../workloads.js'
import { interleave, type Participant } from './interleave.js'
import { withLoadOfOthers } from './load.js'
import { SystemProcess } from './system-process.js'

/** Runs the whole bench. The first of the systems is the one that all are compared with. */
export async function runBench(
  systems: readonly System[],
  { threads, rounds, seconds, node }: Arguments,
  tell: (progress: string) => void,
): Promise<Result> {
  tell('the limits of this machine')
  const limits = await measureLimits(node, threads)
  tell('Fovea from nothing')
  const start = await startOfTraining(systems[0]!)
  const missing: MissingSystem[] = []
  const participants = await startAll(systems, missing)
  try {
    const observe = withLoadOfOthers
    const outcomes = await interleave(participants, workloads, { count: rounds, seconds, observe, tell })
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: thisMachine(),
      settings: { threads, rounds, seconds },
      limits,
      systems: participants.map(describe),
      speeds: speeds(outcomes, participants[0]!),
      start,
      missing,
      others: spread(outcomes.flatMap(({ windows }) => windows.map(({ others }) => others))),
    }
  } finally {
    for (const { process } of participants) process.end()
  }
}

/** In a process of its own: what it sets stays with it. */
async function measureLimits(node: string, threads: number): Promise<readonly Limits[]> {
  const script = join(root, 'bench/dist/bench/limits/main.js')
  try {
    const { stdout } = await promisify(execFile)(node, [script, String(threads)])
    return JSON.parse(stdout) as Limits[]
  } catch (cause) {
    const problem = `bench: "${node}" did not measure this machine's limits: ${(cause as Error).message}`
    throw new FoveaError(problem, 'Give --node the path of a Node binary, 20.19 or newer.', { cause })
  }
}

interface Running extends Participant {
  readonly system: System
  readonly process: SystemProcess
  readonly hello: Hello
}

/** Starts those that are there; of the others, `missing` learns why they are not. */
async function startAll(systems: readonly System[], missing: MissingSystem[]): Promise<readonly Running[]> {
  const running: Running[] = []
  for (const system of systems) {
    const { title } = system
    if (system.missing !== null) missing.push({ title, reason: `not installed (${system.missing})` })
    else
      try {
        running.push(await startOne(system))
      } catch (error) {
        if (system === systems[0]) throw error
        missing.push({ title, reason: (error as Error).message })
      }
  }
  return running
}

async function startOne(system: System): Promise<Running> {
  const { process, hello } = await SystemProcess.start(system.title, system.command)
  if (hello.params !== countParams()) {
    process.end()
    throw new Error(`its network has ${hello.params} parameters instead of ${countParams()}`)
  }
  const measure = (request: WindowRequest) => process.measure(request)
  return { title: system.title, parts: system.parts, measure, system, process, hello }
}

const describe = ({ system, process, hello }: Running): MeasuredSystem => ({
  title: system.title,
  version: hello.version,
  runtime: hello.runtime,
  setting: system.setting,
  peakBytes: process.peakBytes,
  firstStep: process.firstWindow,
})

const STARTS = 3

async function startOfTraining({ title, command }: System): Promise<StartOfTraining> {
  const request = { task: 'train', batch: 128 } as const
  const firstSteps: number[] = []
  let peakBytes = 0
  for (let count = 0; count < STARTS; count++) {
    const { process } = await SystemProcess.start(title, command)
    await process.measure({ ...request, lead: 0, seconds: 0 })
    firstSteps.push(process.firstWindow!)
    await process.measure({ ...request, lead: 0, seconds: 1 })
    peakBytes = Math.max(peakBytes, process.peakBytes)
    process.end()
  }
  return { firstStep: spread(firstSteps)!, peakBytes }
}
