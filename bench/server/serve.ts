import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Hello, ServerMessage, WindowRequest, Workload } from '../protocol.js'
import type { Measure } from './window.js'

/** A system as it offers itself to be measured. */
export interface Served {
  readonly version: string
  readonly params: number
  /** Gets ready for one workload; throws when the system cannot do it. */
  prepare(workload: Workload): Measure | Promise<Measure>
}

/** Says hello and answers requests until there are no more. */
export async function answerAll(system: Served, input: Readable, output: Writable): Promise<void> {
  const tell = (message: ServerMessage) => void output.write(`${JSON.stringify(message)}\n`)
  const prepared = new Map<string, Measure>()
  tell(hello(system))
  for await (const line of createInterface({ input }))
    tell(await answer(system, prepared, JSON.parse(line) as WindowRequest))
}

const hello = ({ version, params }: Served): Hello => ({
  type: 'hello',
  version,
  runtime: `Node ${process.version}`,
  params,
})

async function answer(
  system: Served,
  prepared: Map<string, Measure>,
  { task, batch, lead, seconds }: WindowRequest,
): Promise<ServerMessage> {
  const cpu = process.cpuUsage()
  try {
    const key = `${task}/${batch}`
    const measure = prepared.get(key) ?? (await system.prepare({ task, batch }))
    prepared.set(key, measure)
    const measured = await measure({ lead, seconds })
    const { user, system: kernel } = process.cpuUsage(cpu)
    const peakBytes = process.resourceUsage().maxRSS * 1024
    return { type: 'window', ...measured, cpuSeconds: (user + kernel) / 1e6, peakBytes }
  } catch (error) {
    return { type: 'refusal', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** Serves on this process' standard streams, which belong to the protocol: what libraries print goes to standard error. */
export async function serve(system: Served): Promise<void> {
  await answerAll(system, process.stdin, process.stdout)
  process.exit(0) // threads of some systems would hold the process
}

/** Call it before a library is loaded that greets on standard output. */
export function keepStandardOutputClean(): void {
  console.log = console.info = console.debug = console.error
}
