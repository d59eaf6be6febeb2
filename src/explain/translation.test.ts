import { expect, test } from 'vitest'
import { digits } from '../data/sets/digits.js'
import { type TranslationEvent, translationExperiment } from './translation.js'

const dataset = digits({ train: 1600, test: 60 })
const small = { dataset, epochs: 5, pictures: 20, range: 4, threads: 1 }

test('a convolutional network with global pooling knows moved digits; a dense one, and a flatten head, do not', async () => {
  const events: TranslationEvent[] = []
  const { networks, example, trainRows } = await translationExperiment({
    ...small,
    onEvent: event => events.push(event),
  })
  expect(trainRows).toBe(1600)
  const [dense, flat, pooling] = networks
  expect(networks.map(({ name }) => name)).toEqual(['dense', 'flatten', 'pooling'])
  for (const { accuracy } of networks) expect(accuracy).toBeGreaterThan(0.85)
  expect(pooling!.map.uncut.recognised).toBeGreaterThan(dense!.map.uncut.recognised + 0.3)
  expect(pooling!.map.uncut.recognised).toBeGreaterThan(flat!.map.uncut.recognised + 0.3)
  expect(dense!.map.halfRadius).toBeLessThanOrEqual(3)
  expect(example).toMatchObject({ className: '0', dx: -4, dy: -4 })
  expect(new Set(events.map(({ network, type }) => `${network.name} ${type}`)).size).toBe(6)
}, 240_000)

test('whoever stops it gets the reason, not half a result', async () => {
  const stop = new AbortController()
  const result = translationExperiment({
    ...small,
    signal: stop.signal,
    onEvent: () => stop.abort(new Error('enough')),
  })
  await expect(result).rejects.toThrow('enough')
})

test('a class nobody shows is refused', async () => {
  await expect(translationExperiment({ ...small, label: 10 })).rejects.toThrow(
    'digits has no test picture of class 10.\n  Its classes are 0 … 9.',
  )
})
