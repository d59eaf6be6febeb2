import { expect, test } from 'vitest'
import { FileError } from '../base/errors.js'
import { Tensor } from '../base/tensor.js'
import { conv2d, dense, flatten } from '../nn/layers/index.js'
import { initialWeights, sequential } from '../nn/network.js'
import { decodeModel, encodeModel, type ModelFile } from './model-file.js'
import { decodeSafetensors } from './safetensors/decode.js'
import { encodeSafetensors } from './safetensors/encode.js'

const network = sequential([
  conv2d({ filters: 2, kernelSize: 3, activation: 'relu', inputShape: [5, 5, 1] }),
  flatten(),
  dense({ units: 3, activation: 'softmax', name: 'head' }),
])
const weights = initialWeights(network, 7)
const velocity = new Map([...weights].map(([name, tensor]) => [`sgd/velocity/${name}`, tensor]))

const whole: ModelFile = {
  network,
  weights,
  preprocessing: { scale: 1 / 255, offset: -0.5 },
  pictureFit: 'crop',
  calibration: {
    temperature: 1.5,
    threshold: 0.8,
    reliability: 0.95,
    pictures: 300,
    answered: 0.9,
    expectedCalibrationError: { before: 0.1, after: 0.02 },
  },
  classNames: ['cat', 'dog', 'Schildkröte 🐢'],
  optimizer: velocity,
  training: { dataset: 'shapes', state: { epoch: 3, history: { loss: [2.1, 1.9] } } },
}

test('a whole model survives its file', () => {
  const { network: rebuilt, ...rest } = decodeModel(encodeModel(whole), 'a.safetensors')
  const { network: original, ...expected } = whole
  expect(rebuilt.config()).toEqual(original.config())
  expect(rebuilt.weights.map(weight => weight.name)).toEqual(original.weights.map(weight => weight.name))
  expect(rest).toEqual(expected)
})

test('a model needs no more than its network and weights', () => {
  const { network: rebuilt, ...rest } = decodeModel(encodeModel({ network, weights }), 'a.safetensors')
  expect(rebuilt.outputShape).toEqual([3])
  expect(rest).toEqual({
    weights,
    optimizer: undefined,
    preprocessing: undefined,
    pictureFit: undefined,
    calibration: undefined,
    classNames: undefined,
    training: undefined,
  })
})

test('the same model gives the same bytes', () => {
  expect(encodeModel(whole)).toEqual(encodeModel(decodeModel(encodeModel(whole), 'a.safetensors')))
})

type Parts = ReturnType<typeof decodeSafetensors>

/** The file of `whole` after something was changed in it. */
function altered(change: (tensors: Parts['tensors'], metadata: Record<string, string>) => void): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeModel(whole), 'whole')
  const texts = { ...metadata }
  change(tensors, texts)
  return encodeSafetensors(tensors, texts)
}

const refusals: [title: string, file: Uint8Array, message: string][] = [
  [
    'of another program',
    altered((_, texts) => delete texts.format),
    'a safetensors file, but not a model of Fovea',
  ],
  [
    'of a newer Fovea',
    altered((_, texts) => (texts.version = '2')),
    'written in format 2, but this Fovea reads',
  ],
  ['of no version', altered((_, texts) => delete texts.version), 'written in format undefined, but'],
  ['without a network', altered((_, texts) => delete texts.network), 'a.safetensors: '],
  [
    'with a torn network',
    altered((_, texts) => (texts.network += ']')),
    '"network" in the metadata is not JSON',
  ],
  ['with a strange network', altered((_, texts) => (texts.network = '{"layers":7}')), 'a.safetensors: '],
  [
    'with an infinite scale',
    altered((_, texts) => (texts.preprocessing = '{"scale":1}')),
    'a scale and an offset',
  ],
  [
    'with one class name',
    altered((_, texts) => (texts.classNames = '"cat"')),
    'should be a list of texts, but',
  ],
  [
    'with classes too few',
    altered((_, texts) => (texts.classNames = '["cat"]')),
    'there are 1 class names, but the network makes 3',
  ],
  ['with training as list', altered((_, texts) => (texts.training = '[]')), '"training" should be an object'],
  [
    'without a weight',
    altered(tensors => tensors.delete('head/bias')),
    'weight "head/bias" of the network is missing',
  ],
  [
    'with a stray weight',
    altered(tensors => tensors.set('x', tensors.get('head/bias')!)),
    'has no weight "x"',
  ],
  [
    'with a weight of another shape',
    altered(tensors => tensors.set('head/bias', new Tensor(new Float32Array(4), [4]))),
    'a weight "head/bias" of 3, but 4 came',
  ],
  [
    'with a weight of another type',
    altered(tensors => tensors.set('head/bias', new Tensor(new Float64Array(3), [3]))),
    '"head/bias" should be stored as float32, but is float64',
  ],
]

test.each(refusals)('a file %s is refused', (_, file, message) => {
  expect(() => decodeModel(file, 'a.safetensors')).toThrow(FileError)
  expect(() => decodeModel(file, 'a.safetensors')).toThrow(/^a\.safetensors: /)
  expect(() => decodeModel(file, 'a.safetensors')).toThrow(message)
})
