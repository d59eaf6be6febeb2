import { expect, test } from 'vitest'
import { input } from '../nn/functional.js'
import * as layers from '../nn/layers/index.js'
import { modelFromName } from '../nn/models.js'
import { functional, sequential } from '../nn/network.js'
import { layerShares, shapeChain } from './shape-chain.js'

const named = (name: string) => shapeChain(sequential(modelFromName(name).layers([32, 32, 3], 10)))

test("the tutorial's example of dimensioning, with its formulas", () => {
  const { rows } = named('dimensions')
  expect(rows.map(({ output, formula }) => [output.join('×'), formula])).toEqual([
    ['32×32×3', null],
    ['28×28×16', '32 − 5 + 1 = 28'],
    ['14×14×16', '28 / 2 = 14'],
    ['14×14×8', '14 + 2 − 3 + 1 = 14'],
    ['7×7×8', '14 / 2 = 7'],
    ['5×5×4', '7 − 3 + 1 = 5'],
    ['100', '5 · 5 · 4 = 100'],
    ['50', null],
    ['10', null],
  ])
  expect(rows.map(row => row.from)).toEqual([[], ...rows.slice(0, -1).map(({ name }) => [name])])
})

test("the tutorial's network: 83.1 % of the parameters in one layer, 79.3 % of the work in another", () => {
  const { rows, totals, sentence } = named('tutorial')
  // Reckoned from the tutorial's text: pictures of 32, 16 and 8 cells a side, 3×3 kernels, then three dense layers.
  const convolutions = [
    [32, 3, 64],
    [32, 64, 64],
    [16, 64, 32],
    [16, 32, 32],
    [8, 32, 16],
    [8, 16, 16],
  ] as const
  const dense = [
    [8 * 8 * 16, 512],
    [512, 64],
    [64, 10],
  ] as const
  const parameters = [...convolutions.map(([, C, K]) => 9 * C * K + K), ...dense.map(([C, K]) => C * K + K)]
  const multiplyAdds = [
    ...convolutions.map(([D, C, K]) => D * D * 9 * C * K),
    ...dense.map(([C, K]) => C * K),
  ]
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  expect(sum(parameters)).toBe(631_658)
  expect(totals.parameters).toBe(631_658)
  expect(totals.multiplyAdds).toBe(sum(multiplyAdds))
  const weighted = rows.filter(row => row.parameters > 0)
  expect(weighted.map(row => row.parameters)).toEqual(parameters)
  expect(weighted.map(row => row.multiplyAdds)).toEqual(multiplyAdds)
  expect(weighted.map(row => row.shares.multiplyAdds)).toEqual(multiplyAdds.map(n => n / sum(multiplyAdds)))
  const row = (name: string) => rows.find(candidate => candidate.name === name)!
  expect(row('dense').shares.parameters).toBeCloseTo(0.831, 3)
  expect(row('conv2d_1').shares.multiplyAdds).toBeCloseTo(0.793, 3)
  expect(row('conv2d_1').bytes).toBe(32 * 32 * 64 * 4)
  expect(sentence).toBe(
    'dense holds 83.1 % of the parameters (524,800 of 631,658) and does 1.1 % of the multiply-adds. ' +
      'conv2d_1 does 79.3 % of the multiply-adds (37.7 M of 47.6 M) with 5.8 % of the parameters.',
  )
})

const formula = (
  layer: ReturnType<typeof layers.conv2d | typeof layers.maxPooling2d>,
  side: readonly number[],
) => shapeChain(functional(behind(layer, [...side, 2]))).rows.at(-1)!.formula

function behind(layer: { apply: ReturnType<typeof layers.flatten>['apply'] }, shape: readonly number[]) {
  const inputs = input({ shape })
  return { inputs, outputs: layer.apply(inputs) }
}

const conv = (options: Partial<layers.Conv2DOptions>) =>
  layers.conv2d({ filters: 4, kernelSize: 3, ...options })

test.each([
  ['strides that fit', conv({ strides: 2 }), [9, 9], '(9 − 3) / 2 + 1 = 4'],
  ['strides that leave a rest', conv({ strides: 2 }), [8, 8], '(8 − 3) / 2 + 1 = 3.5 → 3'],
  ['strides with a margin', conv({ strides: 2, padding: 'same' }), [9, 9], '9 / 2 = 4.5 → 5'],
  ['dilation: the cells a kernel reaches over', conv({ dilationRate: 2 }), [9, 9], '9 − 5 + 1 = 5'],
  ['a pointwise kernel', conv({ kernelSize: 1, padding: 'same' }), [9, 9], '9 + 0 − 1 + 1 = 9'],
  ['pooling that leaves a rest', layers.maxPooling2d(), [7, 7], '7 / 2 = 3.5 → 3'],
  ['pooling with overlap', layers.maxPooling2d({ poolSize: 3, strides: 2 }), [7, 7], '(7 − 3) / 2 + 1 = 3'],
  ['height and width', conv({ kernelSize: [5, 1] }), [9, 7], 'height 9 − 5 + 1 = 5, width 7 − 1 + 1 = 7'],
] as const)('formula of %s', (_, layer, side, expected) => {
  expect(formula(layer, side)).toBe(expected)
})

test('layers that join name what they join, and add up along its axis', () => {
  const inputs = input({ shape: [8, 8, 3] })
  const padded = layers
    .zeroPadding2d({
      padding: [
        [1, 0],
        [2, 2],
      ],
    })
    .apply(inputs)
  const branches = [4, 6].map(filters => layers.conv2d({ filters, kernelSize: 1 }).apply(padded))
  const { rows } = shapeChain(functional({ inputs, outputs: layers.concatenate().apply(branches) }))
  expect(rows[1]!.formula).toBe('height 8 + 1 = 9, width 8 + 4 = 12')
  expect(rows.at(-1)).toMatchObject({
    from: ['conv2d', 'conv2d_1'],
    formula: '4 + 6 = 10',
    output: [9, 12, 10],
  })
})

test('networks without parameters or products say so', () => {
  const flat = shapeChain(sequential([layers.flatten({ inputShape: [2, 2, 1] })]))
  expect(flat.sentence).toBe('No layer of this network has parameters.')
  expect(flat.rows[1]!.shares).toEqual({ parameters: 0, multiplyAdds: 0, bytes: 0.5 })
  const norm = shapeChain(sequential([layers.batchNormalization({ inputShape: [2, 2, 3] })]))
  expect(norm.sentence).toBe(
    'batch_normalization holds 100.0 % of the parameters (12 of 12); nothing is multiplied in a convolution or a dense layer.',
  )
  const one = shapeChain(sequential([layers.dense({ units: 2, inputShape: [4] })]))
  expect(one.sentence).toBe(
    'dense holds 100.0 % of the parameters (10 of 10) and does 100.0 % of the multiply-adds (8 of 8).',
  )
})

test('shares of the parameters, layer by layer from the input on', () => {
  const shares = layerShares(
    sequential([
      layers.flatten({ inputShape: [2, 3, 1] }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 4 }),
      layers.dense({ units: 2 }),
    ]),
  )
  // 6·4 + 4 = 28 and 4·2 + 2 = 10.
  expect(shares.map(({ name, className }) => [name, className])).toEqual([
    ['input_layer', 'InputLayer'],
    ['flatten', 'Flatten'],
    ['dropout', 'Dropout'],
    ['dense', 'Dense'],
    ['dense_1', 'Dense'],
  ])
  expect(shares.map(({ share }) => share)).toEqual([0, 0, 0, 28 / 38, 10 / 38])
})
