import autocannon from 'autocannon'
import type { Question } from './questions.js'
import type { ServerProcess } from './server-process.js'

export interface LoadResult {
  readonly seconds: number
  readonly picturesPerSecond: number
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly statuses: Readonly<Record<string, number>>
  /** Requests without an answer: errors of connections and time-outs. */
  readonly unanswered: number
  readonly batches: { readonly count: number; readonly mean: number }
  /** Bytes of the server's memory. */
  readonly rss: { readonly at10: number; readonly atEnd: number; readonly most: number }
}

const answered = 'fovea_pictures_total{outcome="answered"}'

/** Asks all questions over and over, each connection on its own. */
export async function measureLoad(
  server: ServerProcess,
  questions: readonly Question[],
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const before = await server.metric(answered)
  const memory = watchMemory(server)
  const requests = questions.map(({ method, path, headers, body }) => ({
    ...{ method, path, body },
    headers: { ...headers },
  }))
  let clients = 0
  const result = await autocannon({
    url: server.url,
    connections,
    duration: seconds,
    timeout: 60,
    requests,
    // Each connection begins with another question, so that all kinds are there from the beginning.
    setupClient: client => client.setRequests(rotated(requests, clients++)),
  })
  const rss = await memory.end()
  const batches = await server.metric('fovea_batch_pictures_count')
  const statuses = Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [
    status,
    count ?? 0,
  ])
  return {
    seconds: result.duration,
    picturesPerSecond: ((await server.metric(answered)) - before) / result.duration,
    requestsPerSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    statuses: Object.fromEntries(statuses),
    unanswered: result.errors + result.timeouts,
    batches: { count: batches, mean: (await server.metric('fovea_batch_pictures_sum')) / batches },
    rss,
  }
}

const rotated = <T>(list: readonly T[], by: number): T[] => {
  const from = by % list.length
  return [...list.slice(from), ...list.slice(0, from)]
}

/** Asks once a second how much memory the server holds. */
function watchMemory(server: ServerProcess) {
  const samples: number[] = []
  const look = async () => void samples.push(await server.metric('process_resident_memory_bytes'))
  const timer = setInterval(() => void look().catch(() => undefined), 1000)
  return {
    async end() {
      clearInterval(timer)
      await look()
      return { at10: samples[9] ?? samples[0]!, atEnd: samples.at(-1)!, most: Math.max(...samples) }
    },
  }
}
