import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { encodeModel } from '../../src/io/model-file.js'
import { conv2d, dense, flatten } from '../../src/nn/layers/index.js'
import { initialWeights, sequential } from '../../src/nn/network.js'
import { sizes } from '../../src/node/folder-data/choose-format.js'
import { epochsFor, fewPictures, photosRecipe } from '../../src/recipes/photos.js'
import { codeBlocks, commandLines, expectKnownCommand, readText, runCode, typeErrors } from './code-blocks.js'

const guide = readText('docs/guide/photos.md')
const code = codeBlocks(guide, 'ts')

test('the code runs, and has no type error', async () => {
  const home = mkdtempSync(join(tmpdir(), 'fovea-photos-'))
  const printed: unknown[][] = []
  vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
  try {
    const network = sequential([
      conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 8, 3] }),
      flatten(),
      dense({ units: 2, activation: 'softmax' }),
    ])
    const model = { network, weights: initialWeights(network, 1), classNames: ['cat', 'dog'] }
    writeFileSync(join(home, 'best.safetensors'), encodeModel(model))
    const picture = sharp({ create: { width: 30, height: 20, channels: 3, background: '#a60' } })
    await picture.toFile(join(home, 'cat.jpg'))
    expect(typeErrors(code, home)).toEqual([])
    const inHome = code
      .join('\n')
      .replaceAll(/'(best\.safetensors|cat\.jpg)'/g, (_, name) => `'${join(home, name)}'`)
    await runCode(inHome, join(home, 'photos.ts'))
    expect(printed[0]).toEqual([expect.stringMatching(/^(cat|dog)$/), expect.any(Number), null])
    expect(printed).toHaveLength(2)
  } finally {
    vi.restoreAllMocks()
    rmSync(home, { recursive: true })
  }
})

test('the rules are those of the code', () => {
  expect(guide).toContain(`of ${sizes.slice(0, -1).join(', ')} and ${sizes.at(-1)} that`)
  expect(guide).toContain(`\`resnet\` with fewer than ${fewPictures.toLocaleString('en-US')} pictures`)
  const facts = { classes: 2, shape: [32, 32, 3] } as const
  expect(photosRecipe({ ...facts, pictures: fewPictures - 1 }).network.name).toBe('resnet')
  expect(photosRecipe({ ...facts, pictures: fewPictures }).network.name).toBe('quick')
  expect([1, 66, 100, 250, 750, 1000, 3000, 7500, 100_000].map(epochsFor)).toEqual([
    150, 150, 100, 40, 40, 30, 10, 4, 4,
  ])
  const rateOf = (model: string) =>
    photosRecipe({ ...facts, pictures: 500, model }).compile.optimizer as {
      name: string
      learningRate: unknown
    }
  expect(rateOf('resnet')).toMatchObject({ name: 'sgd', learningRate: { name: 'oneCycle', peak: 0.1 } })
  expect(rateOf('tutorial')).toMatchObject({ name: 'adam', learningRate: { name: 'oneCycle', peak: 0.001 } })
})

for (const line of commandLines(guide))
  test(`fovea ${line}: there is such a command with these options`, () => expectKnownCommand(line))
