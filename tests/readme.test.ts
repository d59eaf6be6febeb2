import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createTar } from 'nanotar'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { encodeModel } from '../src/io/model-file.js'
import { dense, flatten } from '../src/nn/layers/index.js'
import { initialWeights, sequential } from '../src/nn/network.js'
import {
  codeBlocks,
  commandLines,
  expectKnownCommand,
  readText,
  runCode,
  typeErrors,
} from './docs/code-blocks.js'

// What the README shows, runs: its TypeScript as it stands, on a few pictures in the place of CIFAR-10's download, and
// its command lines as far as their words and options go.

const readme = readText('README.md')

let home: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'fovea-readme-'))
  vi.stubEnv('FOVEA_CACHE', home)
  vi.spyOn(process, 'cwd').mockReturnValue(home)
  const folder = join(home, 'cifar-10-batches-bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'cifar-10-binary.tar.gz'), gzipSync(createTar(tinyCifar())))
  await makeClassifier(home)
})

afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

/** What the README loads: a model that tells cats and dogs apart as well as its first weights do, and a picture. */
async function makeClassifier(folder: string): Promise<void> {
  const network = sequential([flatten({ inputShape: [8, 8, 3] }), dense({ units: 2, activation: 'softmax' })])
  const model = { network, weights: initialWeights(network, 1), classNames: ['cat', 'dog'] }
  writeFileSync(join(folder, 'best.safetensors'), encodeModel(model))
  await sharp({ create: { width: 30, height: 20, channels: 3, background: '#a60' } }).toFile(
    join(folder, 'cat.jpg'),
  )
}

/** The official files with a few records each: class and picture follow from the record's number. */
function tinyCifar(): { name: string; data: Uint8Array }[] {
  const record = (number: number) => {
    const bytes = new Uint8Array(3073).fill((number * 25) % 256)
    bytes[0] = number % 10
    return bytes
  }
  const file = (name: string, records: number) => ({
    name: `cifar-10-batches-bin/${name}`,
    data: Buffer.concat(Array.from({ length: records }, (_, i) => record(i))),
  })
  const batches = [1, 2, 3, 4, 5].map(i => file(`data_batch_${i}.bin`, 4))
  return [...batches, file('test_batch.bin', 10)]
}

const code = codeBlocks(readme, 'ts')

test('the README shows code', () => {
  expect(code.length).toBe(6)
})

code.forEach((block, number) =>
  test(`the README's code ${number + 1} runs`, async () => {
    const printed: unknown[][] = []
    vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const inHome = block.replaceAll(
      /'(shapes\.safetensors|curves\.svg|best\.safetensors|cat\.jpg)'/g,
      (_, name) => `'${join(home, name)}'`,
    )
    await runCode(inHome, join(home, `readme-${number}.ts`))
    if (number === 0) {
      expect(String(printed[0])).toContain('Total params: 631,658')
      const [accuracies, loss, accuracy] = printed.at(-1)!
      expect((accuracies as number[]).length).toBe(32)
      expect(loss).toBeGreaterThan(0)
      expect(accuracy).toBeGreaterThanOrEqual(0)
    }
    if (number === 1)
      expect(printed).toEqual([
        [{ className: expect.stringMatching(/^(cat|dog)$/), probability: expect.any(Number) }, null],
      ])
    if (number === 2) {
      expect(String(printed.at(-1))).toMatch(/^From epoch \d the training loss keeps falling/)
      expect(readFileSync(join(home, 'curves.svg'), 'utf8')).toContain('overfitting starts')
    }
    if (number === 3) {
      const [[loss, accuracy]] = printed.at(-1) as [[number, number]]
      expect(loss).toBeGreaterThan(0)
      expect(accuracy).toBeGreaterThanOrEqual(0)
    }
    if (number === 5) expect(printed.at(-1)).toEqual([[3, 10]])
  }),
)

test("the README's code has no type error", () => {
  expect(typeErrors(code, home)).toEqual([])
})

const lines = commandLines(readme)

test('the README shows every command', () => {
  expect(new Set(lines.map(line => line.split(' ')[0]))).toEqual(
    new Set([
      'train',
      'evaluate',
      'predict',
      'report',
      'plot',
      'summary',
      'trace',
      'explain',
      'data',
      'info',
      'serve',
      'remedies',
      'lr-find',
    ]),
  )
})

for (const line of lines)
  test(`fovea ${line}: there is such a command with these options`, () => expectKnownCommand(line))
