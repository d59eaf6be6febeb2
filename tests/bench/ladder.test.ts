import { expect, test } from 'vitest'
import { parseLadderArguments } from '../../bench/ladder/arguments.js'
import { climb } from '../../bench/ladder/climb.js'
import { ladder } from '../../bench/ladder/ladder.js'
import { describeLayer, operandsOf } from '../../bench/ladder/layers.js'
import { termsOf } from '../../bench/ladder/passes.js'
import { formatLadder } from '../../bench/ladder/report.js'
import type { LadderResult, Rung, Step } from '../../bench/ladder/result.js'
import { algorithmOf, cutDown, largestError } from '../../bench/ladder/verify.js'
import { usePlatform } from '../../src/base/platform.js'
import { nodePlatform } from '../../src/node/platform.js'

usePlatform(nodePlatform)

const find = (network: string, name: string) =>
  ladder.find(layer => layer.network === network && layer.name === name)!

test('a layer has the shapes it has in Keras', () => {
  expect(operandsOf(find('ResNet-18', 'stem'))).toEqual({
    x: [8, 224, 224, 3],
    weights: [7, 7, 3, 64],
    y: [8, 112, 112, 64],
  })
  expect(operandsOf(find('LeNet-5', '2')).y).toEqual([128, 10, 10, 16])
  expect(describeLayer(find('ResNet-18', '2, shortcut'))).toBe('32 × 56×56×64 → 128, 1×1, stride 2')
})

test('names are different, and enough layers are common', () => {
  expect(new Set(ladder.map(({ network, name }) => `${network} ${name}`)).size).toBe(ladder.length)
  expect(ladder.filter(({ common }) => common).length).toBeGreaterThanOrEqual(20)
})

test('each number is a sum of so many products', () => {
  const layer = find('LeNet-5', '2')
  expect(termsOf(layer, 'forward')).toBe(5 * 5 * 6)
  expect(termsOf(layer, 'input gradient')).toBe(5 * 5 * 16)
  expect(termsOf(layer, 'kernel gradient')).toBe(128 * 10 * 10)
  expect(termsOf(find('LeNet-5', 'first dense'), 'input gradient')).toBe(120)
})

test('what is verified is the same layer with less of pictures', () => {
  const layer = find('VGG-16', '1.2')
  const small = cutDown(layer)
  expect({ ...small, size: 224, images: 2 }).toEqual(layer)
  expect(operandsOf(small).weights).toEqual(operandsOf(layer).weights)
  expect(small).toMatchObject({ images: 1, size: 58 })
})

test('an error is a share of what rounding allows', () => {
  const floats = (...values: number[]) => Float32Array.from(values)
  // Two terms: 4 · 2⁻²⁴ of the sum of the products' sizes.
  expect(largestError(2, floats(1 + 2 ** -20, 3), floats(1, 3), floats(8, 9))).toBe(0.5)
  expect(largestError(2, floats(1, 3), floats(1, 3), floats(1, 3))).toBe(0)
  expect(largestError(2, floats(Number.NaN), floats(1), floats(1))).toBe(Number.POSITIVE_INFINITY)
  expect(largestError(2, floats(), floats(1), floats(1))).toBe(Number.POSITIVE_INFINITY)
})

test.each([
  ['tutorial', '6'],
  ['LeNet-5', '2'],
  ['LeNet-5', 'first dense'],
])('%s %s is verified on a layer that is computed by the same algorithms', async (network, name) => {
  const layer = find(network, name)
  const { steps } = await climb(layer, false, { threads: 2 })
  expect(steps.map(({ pass }) => pass)).toEqual(['forward', 'input gradient', 'kernel gradient'])
  for (const { pass, verification, speed } of steps) {
    expect(algorithmOf(verification.layer, pass)).toBe(algorithmOf(layer, pass))
    expect(verification.error).toBeGreaterThan(0)
    expect(verification.error).toBeLessThanOrEqual(1)
    expect(speed).toBeNull()
  }
})

test('the gradient of a picture is not needed', async () => {
  const { steps } = await climb(find('LeNet-5', '1'), false, {})
  expect(steps.map(({ pass }) => pass)).toEqual(['forward', 'kernel gradient'])
})

const step = (pass: Step['pass'], algorithm: string, gflops: number, error = 0.25): Step => ({
  pass,
  verification: { layer: cutDown(find('LeNet-5', '1')), error },
  speed: error > 1 ? null : { algorithm, milliseconds: 1, gflops },
})

const resultOf = (rungs: readonly Rung[]): LadderResult => ({
  date: '2026-01-02',
  machine: { processor: 'P', cores: 2, memoryBytes: 2 ** 30, system: 'S', node: 'v20' },
  threads: 1,
  fused: false,
  peak: 100,
  rungs,
})

test('the report marks what misses its target, the furthest first', () => {
  const report = formatLadder(
    resultOf([
      {
        layer: find('LeNet-5', '1'),
        steps: [step('forward', 'direct', 59), step('kernel gradient', 'direct', 10)],
      },
      { layer: find('tutorial', '2'), steps: [step('forward', 'Winograd', 149)] },
      { layer: find('tutorial', '3'), steps: [step('forward', 'Winograd', 150)] },
      { layer: find('odd', 'all odd'), steps: [step('forward', 'direct', 1)] },
      { layer: find('tutorial', '4'), steps: [step('forward', 'direct', 99, 1.5)] },
    ]),
  )
  expect(report).toContain('on 1 thread: 100.0 GFLOP/s')
  expect(report).toMatch(/LeNet-5 1 .*59\.0 D \*\*59 %\*\* \| +not needed \| +10\.0 D \*\*10 %\*\* \|/)
  expect(report).toMatch(/tutorial 3 .* 150\.0 W 150 % \| +– \|/)
  expect(report).toMatch(/odd all odd .* 1\.0 D 1 % /)
  expect(report).toMatch(/tutorial 4 .*\*\*wrong\*\*/)
  expect(report).toContain('5 of 6 kernels are right.')
  expect(report).toContain('forward 1 of 3, input gradient 0 of 0, kernel gradient 0 of 1.')
  const worst = report.split('below target')[1]!
  expect([...worst.matchAll(/\| +(\d+) % \| +\d+ % \|/g)].map(([, share]) => share)).toEqual([
    '10',
    '59',
    '149',
  ])
})

test('a run that only verifies says what is right', () => {
  const right = { ...step('forward', 'direct', 1), speed: null }
  const report = formatLadder(resultOf([{ layer: find('LeNet-5', '1'), steps: [right] }]))
  expect(report).toMatch(/LeNet-5 1 .*\| +right \|/)
  expect(report).toContain('1 of 1 kernels are right.')
  expect(report).not.toContain('Targets')
})

test('arguments are read and refused', () => {
  const { layers, threads, timed, deterministic } = parseLadderArguments(
    ['--only', 'lenet-', '--threads', '2', '--verify', '--deterministic'],
    ladder,
  )
  expect(new Set(layers.map(({ network }) => network))).toEqual(new Set(['LeNet-5']))
  expect({ threads, timed, deterministic }).toEqual({ threads: 2, timed: false, deterministic: true })
  expect(parseLadderArguments([], ladder)).toMatchObject({ threads: 1, timed: true, layers: ladder })
  expect(() => parseLadderArguments(['--only', 'inception'], ladder)).toThrow(
    'no layer has "inception" in its name.\n  There are: tutorial, ResNet-18',
  )
  expect(() => parseLadderArguments(['--thread', '2'], ladder)).toThrow(/Unknown option '--thread'/)
})
