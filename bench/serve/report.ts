import { formatBytes, formatCount } from '../../src/base/format.js'
import type { LoadResult } from './load.js'
import type { StopResult } from './stop-under-load.js'

const counts = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, count]) => `${name}: ${formatCount(count)}`)
    .join(', ') || 'none'

/** The result as lines for people. */
export function formatServeResult(connections: number, load: LoadResult, stop: StopResult): string {
  const { rss, batches } = load
  return [
    `${connections} connections, ${load.seconds.toFixed(0)} s, good and bad requests mixed`,
    `  pictures/s        ${load.picturesPerSecond.toFixed(0)}`,
    `  requests/s        ${load.requestsPerSecond.toFixed(0)}`,
    `  latency           p50 ${load.p50} ms, p99 ${load.p99} ms`,
    `  statuses          ${counts(load.statuses)}`,
    `  without an answer ${load.unanswered}`,
    `  batches           ${formatCount(batches.count)}, ${batches.mean.toFixed(1)} pictures each`,
    `  memory (RSS)      ${formatBytes(rss.at10)} after 10 s, ${formatBytes(rss.atEnd)} at the end, ${formatBytes(rss.most)} at most`,
    'SIGTERM in the middle of load',
    `  answered          ${formatCount(stop.before)} before, ${formatCount(stop.after)} after the signal`,
    `  lost              ${counts(stop.lost)}`,
    `  other statuses    ${counts(stop.wrong)}`,
    `  ended             after ${stop.seconds.toFixed(1)} s, exit code ${stop.exitCode}`,
  ].join('\n')
}
