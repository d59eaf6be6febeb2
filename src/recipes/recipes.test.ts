import { expect, test } from 'vitest'
import { sizeOf } from '../base/shape.js'
import { shapes } from '../data/sets/shapes.js'
import { Sequential } from '../train/sequential.js'
import { networkFromName, networks, recipeFromName, recipes } from './index.js'
import { remediesFromNames, remedyNames } from './remedies.js'

const { train } = shapes({ train: 24, test: 1 })

test.each(
  recipes,
)('$name is plain JSON but for its network, and one step of it can be trained', async recipe => {
  const { compile, fit } = JSON.parse(JSON.stringify(recipe)) as typeof recipe
  const model = new Sequential(recipe.network.layers([32, 32, 3], 10), { seed: 0 })
  model.compile(compile)
  const plan = await model.plan({ batchSize: 4, augment: fit.augment, threads: 1 })
  expect(plan.flop).toBeGreaterThan(1e6)
  const history = await model.fit(train.x, train.y, {
    ...fit,
    epochs: 1,
    batchSize: 24,
    threads: 1,
    verbose: 0,
  })
  expect(history.history.loss![0]).toBeGreaterThan(0)
})

test.each(recipes)('$name also fits pictures of 28×28×1 and other classes', ({ network }) => {
  expect(new Sequential(network.layers([28, 28, 1], 7)).network.outputShape).toEqual([7])
})

test.each(['tutorial', 'tutorial-quick', 'tutorial-mended'])('%s trains 631,658 numbers', name => {
  const { network } = new Sequential(recipeFromName(name).network.layers([32, 32, 3], 10))
  const trained = network.weights.filter(({ spec }) => spec.trainable)
  expect(trained.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0)).toBe(631_658)
})

test('names are found, and for unknown ones the nearest is offered', () => {
  expect(recipeFromName('quick').name).toBe('quick')
  expect(() => recipeFromName('quikc')).toThrow('Unknown recipe "quikc".\n  Did you mean "quick"?')
  expect(networkFromName('strong')).toBe(recipeFromName('record').network)
  expect(() => networkFromName('strnog')).toThrow('Did you mean "strong"?')
  expect(new Set(networks.map(({ name }) => name)).size).toBe(networks.length)
})

test('remedies come in the order in which they are applied, whatever the order of their names', () => {
  const names = remediesFromNames(['l2', 'earlyStopping', 'batchNorm']).map(({ name }) => name)
  expect(names).toEqual(remedyNames.filter(name => ['l2', 'earlyStopping', 'batchNorm'].includes(name)))
  expect(() => remediesFromNames(['batchnrom'])).toThrow('Unknown remedy "batchnrom"')
})
