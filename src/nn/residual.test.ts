import { expect, test } from 'vitest'
import { branchedModels, modelFromName } from './models.js'
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
  expect(branchedModels[0]!.network([32, 32, 3], 10).config()).toEqual(config)
})

test('asked for as a list of layers, it says how it is made', () => {
  expect(() => modelFromName('resnet')).toThrow(
    'Model "resnet" has branches, so it is no list of layers.\n' +
      '  Make it with new Model(residualNetwork(inputShape, classes)).',
  )
})

test('other pictures and classes', () => {
  const other = residualNetwork([28, 27, 1], 7)
  expect([other.inputShape, other.outputShape]).toEqual([[28, 27, 1], [7]])
})
