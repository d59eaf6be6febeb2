import { expect, test } from 'vitest'
import { parseAblationArguments } from '../../bench/ablation/arguments.js'
import { ablationTable, difference } from '../../bench/ablation/table.js'
import { variants } from '../../bench/ablation/variants.js'
import { recipeFromName } from '../../src/recipes/index.js'
import { optimizerFromConfig } from '../../src/train/optimizers/registry.js'
import { Sequential } from '../../src/train/sequential.js'

// Its network is smaller than that of the recipe, so that the test is quick.
const strong = { ...recipeFromName('strong'), network: recipeFromName('quick').network }

test('every variant of the strong recipe differs from it, and is a recipe', () => {
  const plain = JSON.stringify(described(strong))
  for (const { name, change } of variants.slice(1)) {
    const variant = described(change(strong))
    expect(JSON.stringify(variant), name).not.toBe(plain)
    expect(optimizerFromConfig(variant.compile.optimizer).name, name).toBeTypeOf('string')
  }
  expect(described(variants[0]!.change(strong))).toEqual(described(strong))
})

/** What a recipe comes to for CIFAR-10: its layers instead of the function that makes them. */
function described({ network, compile, fit }: typeof strong) {
  const layers = network.layers([32, 32, 3], 10)
  const model = new Sequential(layers)
  return {
    layers: layers.map(({ className, options }) => ({ className, options })),
    compile,
    fit,
    parameters: model.countParams(),
  }
}

test('a learned first layer has as many filters as the one that whitens', () => {
  const learned = variants.find(({ name }) => name.startsWith('first layer learned'))!.change(strong)
  expect(described(learned).parameters).toBe(described(strong).parameters)
})

const trained = (right: readonly number[], rightAveraged = right) => ({
  right: Uint8Array.from(right),
  rightAveraged: Uint8Array.from(rightAveraged),
  seconds: 10,
})

test('differences are of the same pictures: mean, and its standard error', () => {
  const whole = { name: 'whole', trainings: [trained([1, 1, 0, 0]), trained([1, 0, 1, 0])] }
  const other = { name: 'other', trainings: [trained([1, 0, 0, 0]), trained([1, 0, 0, 0])] }
  // Per picture 0, -0.5, -0.5, 0: mean -0.25, population deviation 0.25, divided by √(4 - 1).
  expect(difference(whole, other, 'right')).toBe('−25.0 ± 14.4')
  expect(difference(whole, whole, 'right')).toBe('+0.0 ± 0.0')
})

test('the table has a row for each variant, with what one lost', () => {
  const table = ablationTable([
    { name: 'whole', trainings: [trained([1, 1, 1, 0], [1, 1, 1, 1])] },
    { name: 'less', trainings: [trained([1, 1, 0, 0])] },
  ]).split('\n')
  expect(table).toHaveLength(4)
  expect(table[2]).toMatch(/whole +\| +75\.0 % .* 100\.0 %/)
  expect(table[3]).toMatch(/less +\| +50\.0 % .*−25\.0 ± 25\.0 .*50\.0 %.*−50\.0 ± 28\.9/)
})

test('the command line chooses what is changed', () => {
  const {
    recipe,
    variants: chosen,
    seeds,
  } = parseAblationArguments([
    '--network',
    'quick',
    '--epochs',
    '2',
    '--batch-size',
    '64',
    '--only',
    'dirac|nesterov',
    '--seeds',
    '3',
  ])
  expect(recipe.network.name).toBe('quick')
  expect(recipe.compile).toEqual(strong.compile)
  expect(recipe.fit).toMatchObject({ epochs: 2, batchSize: 64 })
  expect(chosen.map(({ name }) => name)).toEqual([
    'the whole recipe',
    'Glorot instead of Dirac initialisation',
    'no Nesterov',
  ])
  expect(seeds).toBe(3)
  expect(() => parseAblationArguments(['--only', 'moon'])).toThrow(/no variant has "moon"/)
  expect(() => parseAblationArguments(['--network', 'resnet'])).toThrow(/has branches/)
})
