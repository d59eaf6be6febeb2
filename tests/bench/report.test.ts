import { expect, test } from 'vitest'
import type { WindowAnswer } from '../../bench/protocol.js'
import { markdownTable } from '../../bench/report/markdown.js'
import { formatReport } from '../../bench/report/report.js'
import type { Result } from '../../bench/report/result.js'
import { speeds } from '../../bench/report/speeds.js'
import type { Outcome, Participant } from '../../bench/run/interleave.js'
import { workloads } from '../../bench/workloads.js'

test('a table is Markdown that reads as well unrendered', () => {
  expect(
    markdownTable(['who', 'speed'], [['a', '1,234'], ['longer', '7'], ['**group**']], ['left', 'right']),
  ).toBe(
    [
      '| who       | speed |',
      '| --------- | ----: |',
      '| a         | 1,234 |',
      '| longer    |     7 |',
      '| **group** |       |',
    ].join('\n'),
  )
})

const [training, , inference] = workloads

const participant = (title: string, parts: Participant['parts'] = {}): Participant => ({
  title,
  parts,
  measure: () => Promise.reject<WindowAnswer>(new Error('nobody asks here')),
})
const fovea = participant('Fovea, 2 threads')
const native = participant('Native')
const slow = participant('Slow', { 'train/32': { batch: 1, onceAfter: 0 } })

const outcome = (
  who: Participant,
  imagesPerSecond: readonly number[],
  extra: Partial<Outcome> = {},
): Outcome => ({
  participant: who,
  workload: training!,
  batch: 32,
  windows: imagesPerSecond.map((speed, round) => ({ round, imagesPerSecond: speed, others: 0 })),
  refusal: null,
  ...extra,
})

const outcomes = [
  outcome(slow, [0.1], { batch: 1 }),
  outcome(fovea, [500, 600, 550]),
  outcome(native, [1000, 800, 1100]),
  outcome(fovea, [2000], { workload: inference!, batch: 1 }),
  outcome(slow, [], { workload: inference!, refusal: 'it has no kernel\n  at stack' }),
]

const result: Result = {
  date: '2020-02-02',
  machine: {
    processor: 'A Processor',
    cores: 4,
    memoryBytes: 16 * 2 ** 30,
    system: 'Linux x64',
    node: 'v20',
  },
  settings: { threads: 2, rounds: 3, seconds: 0.7 },
  limits: [
    { threads: 1, mulAdd: 28.2, fma: 45, copy: 12 },
    { threads: 2, mulAdd: 56.4, fma: null, copy: 20 },
  ],
  systems: [
    { title: 'Native', version: '3', runtime: 'Python 3', setting: 'all on', peakBytes: 5e8, firstStep: 1.5 },
    { title: 'Slow', version: '1', runtime: 'Node', setting: 'as it is', peakBytes: 1e8, firstStep: null },
  ],
  speeds: speeds(outcomes, fovea),
  start: { firstStep: { median: 0.5, min: 0.4, max: 0.6 }, peakBytes: 4e8 },
  missing: [{ title: 'Gone', reason: 'not installed (npm run bench:peers)' }],
  others: { median: 0.004, min: 0, max: 0.2 },
}

test('speeds are compared round by round', () => {
  const [slowly, ours, natively] = result.speeds
  expect(natively!.ratio).toEqual({ median: 0.5, min: 0.5, max: 0.75 })
  expect(ours!.ratio).toEqual({ median: 1, min: 1, max: 1 })
  expect(slowly!.ratio!.median).toBeCloseTo(5000)
  expect(slowly!.singleStep).toBe(true)
})

test('the fastest stands first, its ratio before its speed, and who cannot is quoted', () => {
  const rows = formatReport(result)
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line => line.replace(/ +/g, ' '))
  expect(rows.slice(2, 9)).toEqual([
    '| **training, batch 32** | | | |',
    '| Native | 0.50× [0.50× … 0.75×] | 1,000 [800 … 1,100] | |',
    '| Fovea, 2 threads | 1.00× | 550 [500 … 600] | |',
    '| Slow | 5,000× | 0.10 | batch 1, a single step |',
    '| **inference, batch 1** | | | |',
    '| Fovea, 2 threads | 1.00× | 2,000 | |',
    '| Slow | – | – | "it has no kernel" |',
  ])
  expect(rows).toContain('| Native | 3, Python 3 | 1.50 s | 500 MB |')
  expect(rows).toContain('| Slow | 1, Node | – | 100 MB |')
  expect(rows).toContain('| 1 thread | 28 | 45 | 12 | 100 |') // 28.2e9 / 282.0e6
  expect(rows).toContain('| 2 threads | 56 | – | 20 | 200 |')
})

test('the report says on what, when, how, and who is missing', () => {
  const report = formatReport(result)
  for (const part of [
    '631,658 parameters',
    'A Processor, 4 cores, 16 GB · Linux x64 · Node v20 · 2020-02-02',
    '3 rounds',
    'Other programs took 0.4 % of the cores in the median window, 20 % at most.',
    '- Native: all on',
    '- Gone: not installed (npm run bench:peers)',
    'after 0.50 s [0.40 s … 0.60 s]',
  ])
    expect(report).toContain(part)
})
