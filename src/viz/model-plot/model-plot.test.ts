import { expect, test } from 'vitest'
import { modelGraph } from '../../explain/model-graph.js'
import * as layers from '../../nn/layers/index.js'
import { modelFromName } from '../../nn/models.js'
import { type Network, sequential } from '../../nn/network.js'
import { textWidth } from '../svg/text.js'
import type { GraphLayout } from './graph.js'
import { drawModel } from './model-plot.js'
import { chain, oneLayer, residual, twoInputs } from './networks.fixture.js'
import type { DrawModelOptions } from './options.js'

const tutorial = () => sequential(modelFromName('tutorial').layers([32, 32, 3], 10))
const draw = (network: Network, options: DrawModelOptions = {}) => drawModel(modelGraph(network), options)

/** The texts of a drawing in their order. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text!.replace(/<[^>]+>/g, ''))

const goldens: [string, DrawModelOptions][] = [
  ['tutorial-classic', { showShapes: true }],
  ['tutorial-keras3', { style: 'keras3', showShapes: true, showLayerNames: true }],
]

test.each(goldens)('%s', async (name, options) => {
  await expect(draw(tutorial(), options).svg).toMatchFileSnapshot(`goldens/${name}.svg`)
})

test("classic: the tutorial's figure, the input among its boxes", () => {
  const { svg, width, description } = draw(tutorial(), { showShapes: true })
  // Reckoned from the tutorial's text: name, class, and a size before and after.
  const sizes = [
    '32, 32, 3',
    '32, 32, 64',
    '32, 32, 64',
    '16, 16, 64',
    '16, 16, 32',
    '16, 16, 32',
    '8, 8, 32',
  ]
    .concat(['8, 8, 16', '8, 8, 16', '1024', '512', '64', '10'])
    .map(size => `(None, ${size})`)
  const boxes = [
    ...[
      'conv2d Conv2D',
      'conv2d_1 Conv2D',
      'max_pooling2d MaxPooling2D',
      'conv2d_2 Conv2D',
      'conv2d_3 Conv2D',
    ],
    ...[
      'max_pooling2d_1 MaxPooling2D',
      'conv2d_4 Conv2D',
      'conv2d_5 Conv2D',
      'flatten Flatten',
      'dense Dense',
    ],
    ...['dense_1 Dense', 'dense_2 Dense'],
  ]
  expect(textsOf(svg)).toEqual([
    ...['conv2d_input', 'InputLayer', 'input:', 'output:', `[${sizes[0]}]`, `[${sizes[0]}]`],
    ...boxes.flatMap((box, i) => [...box.split(' '), 'input:', 'output:', sizes[i], sizes[i + 1]]),
  ])
  expect(width).toBeLessThanOrEqual(400)
  expect(description).toContain('12 layers from conv2d_input (None, 32, 32, 3) to dense_2 (None, 10)')
  expect(description).toContain('631,658 parameters')
})

test('keras3: a bar with name and class, cells, no box for the input', () => {
  const { svg, width } = draw(tutorial(), { style: 'keras3', showShapes: true, showLayerNames: true })
  const texts = textsOf(svg)
  expect(texts).toHaveLength(3 * 12)
  expect(texts.slice(0, 3)).toEqual([
    'conv2d (Conv2D)',
    'Input shape: (None, 32, 32, 3)',
    'Output shape: (None, 32, 32, 64)',
  ])
  expect(svg.match(/<path[^>]*fill="none"/g)).toHaveLength(11)
  expect(width).toBeLessThanOrEqual(400)
})

test('by default each style shows what its Keras shows', () => {
  const network = sequential([layers.dense({ units: 2, inputShape: [4] })])
  expect(textsOf(draw(network).svg)).toEqual(['dense_input', 'InputLayer', 'dense', 'Dense'])
  expect(textsOf(draw(network, { style: 'keras3' }).svg)).toEqual(['Dense'])
})

test('activations, parameters and whether they are trained', () => {
  const network = sequential([
    layers.dense({ units: 2, activation: 'relu', inputShape: [4] }),
    layers.dense({ units: 3, trainable: false }),
  ])
  const all = { showLayerActivations: true, showParams: true, showTrainable: true, showLayerNames: true }
  expect(textsOf(draw(network, { style: 'keras3', ...all }).svg)).toEqual([
    ...['dense (Dense)', 'Activation: relu', 'Params: 10', 'Trainable'],
    ...['dense_1 (Dense)', 'Activation: linear', 'Params: 9', 'Non-trainable'],
  ])
  expect(textsOf(draw(network, all).svg).slice(-6)).toEqual([
    'dense_1',
    'Dense',
    'linear',
    'params:',
    '9',
    'not trainable',
  ])
})

/** Every box: its width, and how far its texts reach on both sides. */
function boxesOf(svg: string) {
  const groups = svg.split('<g transform="translate(').slice(2)
  return groups.map(group => {
    const width = Number(/<rect width="([\d.]+)"/.exec(group)![1])
    const reach = [...group.matchAll(/<text x="([\d.]+)"[^>]*font-size="([\d.]+)"[^>]*>(.*?)<\/text>/g)].map(
      ([, x, size, text]) => {
        const plain = text!.replace(/<[^>]+>/g, '')
        const half =
          textWidth(plain, { size: Number(size), weight: text!.includes('700') ? 'bold' : 'normal' }) / 2
        return [Number(x) - half, Number(x) + half] as const
      },
    )
    return {
      width,
      left: Math.min(...reach.map(([from]) => from)),
      right: Math.max(...reach.map(([, to]) => to)),
    }
  })
}

test.each(['classic', 'keras3'] as const)('%s: no text leaves its box, however long', style => {
  const long = (letters: number) => layers.dense({ units: 2, name: 'W'.repeat(letters), inputShape: [4] })
  const options = { style, showShapes: true, showLayerNames: true, showLayerActivations: true } as const
  for (const letters of [1, 20, 300]) {
    const { svg, width } = draw(sequential([long(letters)]), options)
    const boxes = boxesOf(svg)
    expect(boxes.length).toBeGreaterThan(0)
    for (const box of boxes) {
      expect(box.left).toBeGreaterThanOrEqual(2)
      expect(box.right).toBeLessThanOrEqual(box.width - 2)
    }
    expect(width).toBeLessThan(700)
  }
})

test('one layer and a hundred and fifty need no layout', () => {
  expect(draw(oneLayer()).svg).toContain('dense_input')
  const { svg, height, width } = draw(chain(150), { style: 'keras3' })
  expect(svg.match(/<path[^>]*fill="none"/g)).toHaveLength(149)
  expect(height).toBeGreaterThan(width)
  const turned = draw(chain(150), { style: 'keras3', rankdir: 'LR' })
  expect(turned.width).toBeGreaterThan(turned.height)
})

test('networks with branches ask for a layout, and take any', () => {
  expect(() => draw(twoInputs())).toThrow(
    /drawModel: network "two_inputs" has branches, and there is no layout to place its boxes\.\n {2}Give layout: /,
  )
  // All boxes in one column, every edge on its left.
  const column: GraphLayout = ({ boxes, edges }) => ({
    width: 400,
    height: boxes.length * 100,
    boxes: boxes.map((_, i) => [40, i * 100]),
    edges: edges.map(({ from, to }) => [
      [40, from * 100 + 20],
      [40, to * 100],
    ]),
  })
  const { svg, description } = draw(residual(), { layout: column, showShapes: true })
  expect(svg.match(/<path[^>]*fill="none"/g)).toHaveLength(
    residual().calls.flatMap(call => call.inputs).length,
  )
  expect(description).toContain('Branches meet in add, add_1.')
})

test.each([
  [{ style: 'keras' }, 'Unknown style "keras".\n  Did you mean "keras3"?'],
  [{ rankdir: 'BT' }, 'Unknown rankdir "BT".\n  Known: TB, LR.'],
  [{ showShape: true }, 'drawModel: unknown option "showShape".\n  Did you mean "showShapes"?'],
])('%j is refused', (options, message) => {
  expect(() => draw(oneLayer(), options as DrawModelOptions)).toThrow(message)
})
