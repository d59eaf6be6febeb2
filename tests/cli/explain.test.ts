import { expect, test } from 'vitest'
import type { StepPlan } from '../../src/index.node.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const planOf = async (words: string): Promise<StepPlan> =>
  JSON.parse((await fovea(`explain plan ${words} --json`)).out) as StepPlan

test("explain plan prints a line for each kernel of the tutorial's training step, and what it comes to", async () => {
  const { exitCode, out } = await fovea('explain plan --batch-size 32')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^tutorial: a training step of 32 pictures · WebAssembly SIMD/)
  const [head, ...table] = out.split('\n\n')
  const lines = table[0]!.split('\n')
  expect(head).not.toContain('\n')
  expect(lines[0]!.split(/ {2,}/)).toEqual([
    'layer',
    'what',
    'algorithm',
    'shapes',
    'pieces',
    'memory',
    'MFLOP',
  ])
  const cells = (layer: string, what: string) =>
    lines.map(line => line.trim().split(/ {2,}/)).find(cells => cells[0] === layer && cells[1] === what)!
  const second = cells('conv2d_1', 'convolution')
  expect(second.slice(2, 4)).toEqual(['Winograd F(4×4, 3×3)', '32×32×32×64 · 3×3×64×64 → 32×32×32×64'])
  expect(second.at(-1)).toBe('2,415.9')
  expect(cells('conv2d_1', 'kernel gradient')[3]).toBe('32×32×32×64 · 32×32×32×64 → 3×3×64×64')
  expect(cells('dense', 'matrix product')[3]).toBe('32×1024 · 1024×512 → 32×512')
  expect(cells('dense', 'relu gradient')[2]).toBe('32×512 → 32×512')
  // Of the picture itself nobody wants the gradient.
  expect(cells('conv2d', 'input gradient')).toBeUndefined()
  // Twelve layers' weights, each with a velocity: 2 · 631,658 numbers.
  expect(lines.at(-1)).toMatch(/^sgd +36 × update +combine +1,263,316 numbers /)
  expect(table[1]).toMatch(/^\d+ kernels: [\d,]+\.\d MFLOP a step, \d+\.\d a picture\nMemory: /)
  expect(table[1]).toContain('4.82 MB for 1,263,316 variables')
  expect(out).not.toContain('GFLOP/s')
})

test('--json tells every kernel, and with --time how long each took', async () => {
  const plan = await planOf('--model small --batch-size 4 --threads 1 --time')
  expect(plan).toMatchObject({ kind: 'train', batchSize: 4, threads: 1 })
  expect(plan.kernels.filter(({ label }) => label === 'sgd')).toHaveLength(16)
  const sum = plan.kernels.reduce((sum, { milliseconds }) => sum + milliseconds!, 0)
  expect(plan.timing!.milliseconds).toBe(sum)
  expect(plan.timing!.runs).toBeGreaterThanOrEqual(5)
})

test('--time adds times, shares and speeds to the table', async () => {
  const { out } = await fovea('explain plan --model small --for predict --batch-size 1 --time')
  expect(out).toMatch(/^small: predicting one picture/)
  expect(out).toMatch(/ MFLOP +ms +share +GFLOP\/s\n/)
  expect(out).toMatch(/\nconv2d_1 +convolution .* \d+\.\d\d +\d+\.\d % +\d+\.\d\n/)
  expect(out).toMatch(/\nTime: \d+\.\d\d ms a step, [\d,]+ pictures\/s, .* \(medians of \d+ runs\)$/)
})

test('a trained run is explained as it was trained', async () => {
  await fovea(
    'train cifar10 --data tiny --model small --optimizer adam --batch-size 10 --epochs 1 --deterministic --run run',
  )
  const run = await planOf('run')
  expect(run.batchSize).toBe(10)
  expect(run.device).not.toContain('fused')
  expect(run.kernels.some(({ label, op }) => label === 'adam' && op === 'adamStep')).toBe(true)
  expect(await planOf('run/best.safetensors')).toEqual(run)
  expect((await planOf('run --batch-size 3 --for evaluate')).batchSize).toBe(3)
})

test('--deterministic never fuses; without a batch size the recipe has one', async () => {
  const plan = await planOf('--model small --deterministic')
  expect(plan.device).not.toContain('fused')
  // As many pictures as the tutorial's recipe has in a step.
  expect(plan.batchSize).toBe(8)
})

test.each([
  ['explain plan --model tutoral', 'Did you mean "tutorial"?'],
  ['explain plan --for training', 'Unknown kind of step "training".'],
  ['explain plan nowhere', 'nowhere: there is no such file or folder.'],
  ['explain plan run --model small', '--model small and run cannot both be explained.\n  Leave one'],
  ['explain plan --batch-size 0', '--batch-size should be a whole number of at least 1'],
  ['explain plna', "error: unknown command 'plna'\n(Did you mean plan?)"],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(message)
})
