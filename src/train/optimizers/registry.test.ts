import { expect, test } from 'vitest'
import { sgd } from './index.js'
import { optimizerFromName, optimizerNames } from './registry.js'

test.each(optimizerNames)('%s is found by name and rebuilt from its config', name => {
  const optimizer = optimizerFromName(name, { learningRate: 0.5 })
  expect(optimizer.name).toBe(name)
  expect(optimizerFromName(name, optimizer.config()).config()).toEqual(optimizer.config())
})

test('the options that all have come back from the config, too', () => {
  const options = {
    learningRate: 0.5,
    weightDecay: 0.01,
    globalClipNorm: 2,
    groups: [{ weights: ['*/beta'], learningRateFactor: 64, weightDecay: null }],
  }
  for (const name of optimizerNames) {
    const config = JSON.parse(JSON.stringify(optimizerFromName(name, options).config()))
    expect(config).toMatchObject(options)
    expect(optimizerFromName(name, config).config()).toEqual(config)
  }
})

test('an unknown optimizer offers the nearest, also where Object has a property of that name', () => {
  expect(() => optimizerFromName('adan')).toThrow('Unknown optimizer "adan".\n  Did you mean "adam"?')
  expect(() => optimizerFromName('constructor')).toThrow(
    'Unknown optimizer "constructor".\n  Known: sgd, adam, adamw, rmsprop, lion, muon.',
  )
})

test('numbers in quotes are refused, and shown as they came', () => {
  expect(() => optimizerFromName('sgd', { momentum: '0.9' })).toThrow(
    'sgd: momentum must be at least 0 and below 1, but "0.9" came.',
  )
  expect(() => optimizerFromName('adam', { learningRate: '0.1' })).toThrow(
    'adam: learningRate must be a finite number above 0, but "0.1" came.',
  )
})

test('a learning rate alone is refused: it would be passed over in silence', () => {
  expect(() => sgd(0.5 as never)).toThrow(
    'sgd: the options must be an object, but 0.5 came.\n  Known: learningRate,',
  )
})

test('names may be spelled as in Keras', () => {
  expect(['SGD', 'Adam', 'AdamW', 'RMSprop'].map(name => optimizerFromName(name).name)).toEqual([
    'sgd',
    'adam',
    'adamw',
    'rmsprop',
  ])
})
