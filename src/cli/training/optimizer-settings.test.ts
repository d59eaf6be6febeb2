import { expect, test } from 'vitest'
import { recipeFromName, recipes } from '../../recipes/index.js'
import type { Recipe } from '../../recipes/recipe.js'
import { optimizerFromName, optimizerNames } from '../../train/optimizers/index.js'
import { type OptimizerFlags, optimizerSettings } from './optimizer-settings.js'

const optionsOf = (flags: OptimizerFlags, recipe: Recipe = recipeFromName('tutorial')) =>
  optimizerSettings(recipe, flags).options

test.each(recipes)('$name without flags is as it was written down', recipe => {
  const { name, ...options } = recipe.compile.optimizer
  expect(optimizerSettings(recipe, {})).toEqual({ name, options: optimizerFromName(name, options).config() })
})

test('the keys stand as the recipe gives them', () => {
  const { name: _, ...given } = recipeFromName('strong').compile.optimizer
  expect(Object.keys(optionsOf({}, recipeFromName('strong')))).toEqual(Object.keys(given))
})

test.each(optimizerNames)('%s begins with its own defaults where the recipe has another', optimizer => {
  const others = recipes.filter(({ compile }) => compile.optimizer.name !== optimizer)
  expect(others.length).toBeGreaterThan(0)
  for (const recipe of others)
    expect(optionsOf({ optimizer }, recipe)).toEqual(optimizerFromName(optimizer).config())
})

test('muon begins with 0.02, also where a schedule begins', () => {
  expect(optionsOf({ optimizer: 'muon' })).toMatchObject({ learningRate: 0.02 })
  expect(optionsOf({ optimizer: 'muon', learningRate: 0.3 })).toMatchObject({ learningRate: 0.3 })
  expect(optionsOf({ optimizer: 'muon', schedule: 'oneCycle' })).toMatchObject({
    learningRate: { name: 'oneCycle', peak: 0.02 },
  })
})

test("the recipe's own optimizer keeps the recipe's rate", () => {
  expect(optionsOf({ optimizer: 'sgd' })).toMatchObject({ learningRate: 0.001, momentum: 0.5 })
  const quick = recipeFromName('quick')
  expect(optionsOf({ schedule: 'cosine' }, quick)).toMatchObject({
    learningRate: { name: 'cosine', from: 0.2 },
  })
  expect(optionsOf({ learningRate: 0.1 }, quick)).toMatchObject({
    learningRate: { name: 'oneCycle', peak: 0.1 },
  })
})

/** A recipe of which this is the optimizer. */
const recipeWith = (optimizer: Recipe['compile']['optimizer']): Recipe => {
  const tutorial = recipeFromName('tutorial')
  return { ...tutorial, compile: { ...tutorial.compile, optimizer } }
}

test('a decay of 0 is none: for no group, by no default, and for no other weights', () => {
  const strong = optionsOf({ weightDecay: 0 }, recipeFromName('strong'))
  expect(strong).not.toHaveProperty('weightDecay')
  expect(strong.groups).toEqual([{ weights: '*/beta', learningRateFactor: 64 }])
  expect(strong.lookahead).toMatchObject({ every: 20 })
  expect(optionsOf({ optimizer: 'adamw', weightDecay: 0 }).weightDecay).toBeNull()
  const muon = recipeWith({
    name: 'muon',
    weightDecay: 0.1,
    others: { name: 'adamw', groups: [{ weights: '*/bias', weightDecay: 0.5 }] },
  })
  const { others, ...own } = optionsOf({ weightDecay: 0 }, muon)
  expect(own).not.toHaveProperty('weightDecay')
  expect(others).toMatchObject({ name: 'adamw', weightDecay: null, groups: [{ weights: '*/bias' }] })
})

test('another decay is that of all weights without one of their own', () => {
  expect(optionsOf({ weightDecay: 0.002 }, recipeFromName('strong'))).toMatchObject({
    weightDecay: 0.002,
    groups: recipeFromName('strong').compile.optimizer.groups,
  })
})

test('momentum is given to optimizers that have it', () => {
  for (const optimizer of ['sgd', 'rmsprop', 'muon'])
    expect(optionsOf({ optimizer, momentum: 0.75 }).momentum).toBe(0.75)
  for (const optimizer of ['adam', 'adamw', 'lion'])
    expect(() => optionsOf({ optimizer, momentum: 0.75 })).toThrow(
      `--momentum was given, but the optimizer is ${optimizer}, which has no such option.\n` +
        '  Leave it out, or choose an optimizer that has it: sgd, rmsprop, muon.',
    )
})

test('optimizers and schedules may be spelled otherwise', () => {
  expect(
    optimizerSettings(recipeFromName('tutorial'), { optimizer: 'AdamW', schedule: 'one-cycle' }),
  ).toEqual(optimizerSettings(recipeFromName('tutorial'), { optimizer: 'adamw', schedule: 'oneCycle' }))
  expect(() => optionsOf({ schedule: 'cosin' })).toThrow(
    'Unknown schedule "cosin".\n  Did you mean "cosine"?',
  )
})
