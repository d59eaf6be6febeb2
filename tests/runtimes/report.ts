import { formatTable } from '../../src/cli/table.js'
import type { Runtime } from './runtimes.js'
import type { Result } from './ten-steps.js'

/** What became of a runtime: it trained, it could not be had, or it failed. */
export type Outcome = { readonly runtime: Runtime } & (
  | { readonly kind: 'trained'; readonly result: Result }
  | { readonly kind: 'skipped' | 'failed'; readonly reason: string }
)

type Trained = Extract<Outcome, { kind: 'trained' }>

const titles = [
  'runtime',
  'version',
  'threads',
  'images/s',
  'on one',
  'weights',
  'agrees',
  'by default',
  'fused',
  'weights',
]

/** The comparison as a table, and what a person should read below it. */
export function report(outcomes: readonly Outcome[]): string {
  const expected = expectedWeights(outcomes)
  const rows = trained(outcomes).map(outcome => row(outcome, expected!))
  const remarks = outcomes.flatMap(outcome =>
    outcome.kind === 'trained' ? [] : [`${outcome.runtime.name} ${outcome.kind}: ${outcome.reason}`],
  )
  const align = titles.map(title => (/runtime|weights/.test(title) ? 'left' : 'right'))
  return [formatTable(titles, rows, align), ...remarks].join('\n')
}

/** Whether every runtime that was there trained to the same bits, and there were at least two to compare. */
export function agreed(outcomes: readonly Outcome[]): boolean {
  const expected = expectedWeights(outcomes)
  const results = trained(outcomes)
  return (
    results.length > 1 &&
    results.every(({ result }) => agrees(result, expected!)) &&
    !outcomes.some(({ kind }) => kind === 'failed')
  )
}

const trained = (outcomes: readonly Outcome[]): Trained[] =>
  outcomes.filter((outcome): outcome is Trained => outcome.kind === 'trained')

/** The first runtime's weights are what the others are held against. */
const expectedWeights = (outcomes: readonly Outcome[]): string | undefined =>
  trained(outcomes)[0]?.result.deterministic.weights

const agrees = ({ deterministic, oneThread }: Result, expected: string): boolean =>
  deterministic.weights === expected && oneThread.weights === expected

function row({ runtime, result }: Trained, expected: string): string[] {
  const { deterministic, oneThread, byDefault } = result
  const pace = ({ imagesPerSecond }: { imagesPerSecond: number }) => imagesPerSecond.toFixed(0)
  return [
    runtime.name,
    runtime.version,
    String(deterministic.threads),
    pace(deterministic),
    pace(oneThread),
    deterministic.weights,
    agrees(result, expected) ? 'yes' : 'NO',
    pace(byDefault),
    // Relaxed SIMD may round twice; whether it did shows in the bits alone.
    byDefault.weights === deterministic.weights ? 'no' : 'yes',
    byDefault.weights,
  ]
}
