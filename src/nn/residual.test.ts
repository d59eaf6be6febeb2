import { expect, test } from 'vitest'
import { modelFromName } from './models.js'
import { Network } from './network.js'
import { residualNetwork } from './residual.js'

const network = residualNetwork([32, 32, 3], 10)
const joins = network.calls.filter(call => call.layer.className === 'Add')

test('it has six blocks, of which the first of the second and third stage halve the picture', () => {
  expect(joins.map(call => call.outputShape)).toEqual([
    [32, 32, 16],
    [32, 32, 16],
    [16, 16, 32],
    [16, 16, 32],
    [8, 8, 64],
    [8, 8, 64],
  ])
})

test('the way round a block is its input, or a 1×1 convolution where shapes differ', () => {
  const around = joins.map(call => network.calls[call.inputs[1]!]!.layer.className)
  expect(around).toEqual([
    'Activation',
    'Activation',
    'BatchNormalization',
    'Activation',
    'BatchNormalization',
    'Activation',
  ])
  const projections = network.calls.filter(
    ({ weights }) => weights[0]?.spec.shape.length === 4 && weights[0].spec.shape[0] === 1,
  )
  expect(projections.map(call => call.outputShape)).toEqual([
    [16, 16, 32],
    [8, 8, 64],
  ])
})

test('its description gives the same network again', () => {
  const config = JSON.parse(JSON.stringify(network.config()))
  expect(Network.fromConfig(config).config()).toEqual(network.config())
  expect(modelFromName('resnet').network([32, 32, 3], 10).config()).toEqual(config)
})
