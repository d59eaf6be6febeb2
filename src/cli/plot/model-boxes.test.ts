import { expect, test } from 'vitest'
import { modelGraph } from '../../explain/model-graph.js'
import { input } from '../../nn/functional.js'
import * as layers from '../../nn/layers/index.js'
import { functional } from '../../nn/network.js'
import { modelBoxes } from './model-boxes.js'

test('no arrow where a box does not follow the one above; joins name what they join', () => {
  const inputs = input({ shape: [4] })
  const left = layers.dense({ units: 3, name: 'left' }).apply(inputs)
  const right = layers.dense({ units: 3, name: 'right' }).apply(inputs)
  const outputs = layers.add().apply([left, right])
  const graph = modelGraph(functional({ inputs, outputs }))
  const words = { showShapes: false, showLayerNames: true, showLayerActivations: false, showParams: false }
  expect(modelBoxes(graph, words).split('\n')).toEqual([
    '┌───────────────────────────┐',
    '│ input_layer (InputLayer)  │',
    '└─────────────┬─────────────┘',
    '              │',
    '              ▼',
    '┌───────────────────────────┐',
    '│ left (Dense)              │',
    '└───────────────────────────┘',
    '',
    '┌───────────────────────────┐',
    '│ right (Dense)             │',
    '│ from input_layer          │',
    '└─────────────┬─────────────┘',
    '              │',
    '              ▼',
    '┌───────────────────────────┐',
    '│ add (Add)                 │',
    '│ from left, right          │',
    '└───────────────────────────┘',
  ])
})
