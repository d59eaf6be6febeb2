import { expect, test } from 'vitest'
import { shapeChain } from '../../explain/shape-chain.js'
import { input } from '../../nn/functional.js'
import * as layers from '../../nn/layers/index.js'
import { modelFromName } from '../../nn/models.js'
import { functional, type Network, sequential } from '../../nn/network.js'
import { chain, inception, longSkip, oneLayer, residual, twoInputs } from '../model-plot/networks.fixture.js'
import { textWidth } from '../svg/text.js'
import { drawShapeChain } from './shape-chain.js'

const named = (name: string) => sequential(modelFromName(name).layers([32, 32, 3], 10))
const draw = (network: Network, width?: number) =>
  drawShapeChain(shapeChain(network), width === undefined ? {} : { width })

/** Width and height of the front faces, in their order. */
const facesOf = (svg: string) =>
  [...svg.matchAll(/<\/?polygon[^>]*\/><rect x="0" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map(
    ([, back, width, height]) => ({ back: Number(back), width: Number(width), height: Number(height) }),
  )

interface Text {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly text: string
  readonly bold: boolean
  readonly middle: boolean
}

const textsOf = (svg: string): Text[] =>
  [...svg.matchAll(/<text ([^>]*)>(.*?)<\/text>/g)].map(([, attributes, text]) => {
    const number = (name: string) => Number(new RegExp(`(?:^| )${name}="([-\\d.]+)"`).exec(attributes!)![1])
    return {
      ...{ x: number('x'), y: number('y'), size: number('font-size'), text: text! },
      bold: attributes!.includes('700'),
      middle: attributes!.includes('middle'),
    }
  })

const extentOf = ({ x, text, size, bold, middle }: Text): [number, number] => {
  const width = textWidth(text, { size, weight: bold ? 'bold' : 'normal' })
  return middle ? [x - width / 2, x + width / 2] : [x, x + width]
}

test("the tutorial's example", async () => {
  await expect(draw(named('dimensions')).svg).toMatchFileSnapshot('goldens/dimensions.svg')
})

test("the tutorial's network as a phone has it", async () => {
  await expect(draw(named('tutorial'), 360).svg).toMatchFileSnapshot('goldens/tutorial-360.svg')
})

test('blocks and columns are to scale', () => {
  const faces = facesOf(draw(named('dimensions')).svg)
  expect(faces).toHaveLength(9)
  const unit = faces[0]!.width / 32
  const blocks = [
    [32, 3],
    [28, 16],
    [14, 16],
    [14, 8],
    [7, 8],
    [5, 4],
  ] as const
  for (const [i, [side, channels]] of blocks.entries()) {
    expect(faces[i]!.width / unit).toBeCloseTo(side, 1)
    expect(faces[i]!.height).toBe(faces[i]!.width)
    // Going back at 45° and at half its length.
    expect(faces[i]!.back / unit).toBeCloseTo((channels / 2) * Math.SQRT1_2, 1)
  }
  const columns = faces.slice(6).map(({ height }) => height)
  expect(columns[1]! / columns[0]!).toBeCloseTo(50 / 100, 2)
  expect(columns[2]! / columns[0]!).toBeCloseTo(10 / 100, 2)
})

test('where the true depth would be too long it goes with the root, and that is said', () => {
  const { svg } = draw(named('tutorial'))
  const faces = facesOf(svg)
  expect(faces[1]!.back / faces[0]!.back).toBeCloseTo(Math.sqrt(64 / 3), 1)
  expect(faces[4]!.back / faces[1]!.back).toBeCloseTo(Math.sqrt(32 / 64), 2)
  expect(faces[11]!.height / faces[9]!.height).toBeCloseTo(Math.sqrt(64 / 1024), 2)
  expect(svg).toContain('four times as many channels go back twice as far')
  expect(draw(named('dimensions')).svg).toContain(
    'Blocks are to scale; channels go back at half their length',
  )
})

test('windows are drawn on the blocks they look at, in the scale of the block', () => {
  const { svg } = draw(named('dimensions'))
  const unit = facesOf(svg)[0]!.width / 32
  const windows = [...svg.matchAll(/width="([\d.]+)" height="([\d.]+)" fill="none"[^>]*stroke-width="1.75"/g)]
  expect(windows.map(([, width]) => Math.round(Number(width) / unit))).toEqual([5, 2, 3, 2, 3])
})

test('captions: size, layer, kernels and padding, the formula', () => {
  const texts = textsOf(draw(named('dimensions')).svg).map(({ text }) => text)
  expect(texts.slice(3, 7)).toEqual(['28×28×16', 'conv2d', '16 kernels 5×5, valid', '32 − 5 + 1 = 28'])
  expect(texts).toEqual(
    expect.arrayContaining(['MaxPooling2D 2×2', '28 / 2 = 14', '5 · 5 · 4 = 100', '50 numbers']),
  )
})

const networks: Record<string, () => Network> = {
  ...Object.fromEntries(['tutorial', 'dimensions', 'dense', 'small'].map(name => [name, () => named(name)])),
  ...{ residual, inception, longSkip, twoInputs, oneLayer, chain: () => chain(150) },
}

test.each(
  Object.entries(networks).flatMap(([name, network]) =>
    [760, 360].map(width => [name, width, network] as const),
  ),
)('%s at a width of %i: nothing is cut, no text over another', (_, width, network) => {
  const drawing = draw(network(), width)
  expect(drawing.width).toBe(width)
  const texts = textsOf(drawing.svg)
  for (const [i, text] of texts.entries()) {
    const [left, right] = extentOf(text)
    expect(left).toBeGreaterThanOrEqual(8)
    expect(right).toBeLessThanOrEqual(width - 8)
    expect(text.size).toBeGreaterThanOrEqual(11)
    const beside = texts.slice(i + 1).filter(({ y }) => y === text.y)
    for (const other of beside) {
      const [from, to] = extentOf(other)
      expect(from >= right || to <= left).toBe(true)
    }
    expect(text.y).toBeLessThan(drawing.height)
  }
})

test('layers that join say what they join; those that change no size share a panel', () => {
  const { svg, description } = draw(residual())
  const texts = textsOf(svg).map(({ text }) => text)
  expect(texts).toEqual(
    expect.arrayContaining(['joins conv2d_2 and conv2d', 'then batch_normalization', 'from add']),
  )
  expect(texts).not.toContain('batch_normalization')
  expect(description).toContain('add of conv2d_2 and conv2d 32×32×16')
  const many = sequential([
    layers.conv2d({ filters: 2, kernelSize: 3, strides: 2, dilationRate: 1, inputShape: [9, 7, 1] }),
    ...Array.from({ length: 5 }, () => layers.dropout({ rate: 0.5 })),
  ])
  const words = textsOf(draw(many).svg)
    .map(({ text }) => text)
    .join(' ')
  expect(words).toContain('2 kernels 3×3, valid, strides 2 then dropout, dropout_1 and 3 more of this size')
  expect(words).toContain('height (9 − 3) / 2 + 1 = 4 width (7 − 3) / 2 + 1 = 3')
})

test('a width without room for a caption is refused', () => {
  expect(() => draw(oneLayer(), 100)).toThrow('drawShapeChain: width 100 leaves no room for a caption.')
})

/** Each bracket with the words over it and the layers under it, read from the drawing. */
function bracketsOf(svg: string) {
  const texts = textsOf(svg)
  const names = texts.filter(({ size, bold }) => size === 11 && bold)
  const paths = [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)(V[\d.]+)?H([\d.]+)(V[\d.]+)?" fill="none"/g)]
  return paths.map(([, x, y, opens, to, closes]) => {
    const [left, right] = [Number(x), Number(to)]
    const line = Number(opens ? opens.slice(1) : y)
    const words = texts.filter(text => text.y < line && text.y > line - 36 && text.size === 12)
    const row = Math.min(...names.filter(name => name.y > line).map(name => name.y))
    return {
      says: words
        .filter(text => text.x > left - 12 && text.x < right + 12)
        .map(({ text }) => text)
        .join(' '),
      over: names.filter(name => name.y === row && name.x > left && name.x < right).map(({ text }) => text),
      begins: opens !== undefined,
      ends: closes !== undefined,
    }
  })
}

const [converts, classifies] = ['converts the picture', 'classifies']

test('brackets say what converts the picture and what classifies; what is fed in is neither', () => {
  const found = bracketsOf(draw(named('dimensions'), 1200).svg)
  const convolutional = ['conv2d', 'max_pooling2d', 'conv2d_1', 'max_pooling2d_1', 'conv2d_2']
  expect(found).toEqual([
    { says: converts, over: convolutional, begins: true, ends: true },
    { says: classifies, over: ['flatten', 'dense', 'dense_1'], begins: true, ends: true },
  ])
  expect(draw(named('dimensions')).description).toMatch(
    / conv2d to conv2d_2: the network converts the picture\. flatten to dense_1: the network classifies\.$/,
  )
})

test('where rows are broken each has its brackets, open at the end that goes on', () => {
  const found = bracketsOf(draw(named('dimensions'), 360).svg)
  expect(found.map(({ says, over, begins, ends }) => [says, over.length, begins, ends])).toEqual([
    [converts, 1, true, false],
    [converts, 2, false, false],
    [converts, 2, false, true],
    [classifies, 3, true, true],
  ])
})

test('dense networks only classify; convolutions alone only convert; pooling over all of the picture ends it', () => {
  const says = (network: Network) => bracketsOf(draw(network, 3000).svg).map(bracket => bracket.says)
  expect(says(named('dense'))).toEqual([classifies])
  expect(says(oneLayer())).toEqual([classifies])
  expect(says(chain(3))).toEqual([converts])
  const [first, second, ...none] = bracketsOf(draw(residual(), 3000).svg)
  expect(none).toEqual([])
  expect(first!.over).toEqual([
    'conv2d',
    'conv2d_1',
    'conv2d_2',
    'add',
    'conv2d_3',
    'conv2d_4',
    'conv2d_5',
    'add_1',
  ])
  expect(second!.over).toEqual(['global_average_pooling2d', 'dense'])
  expect(says(twoInputs())).toEqual([converts, classifies, classifies])
})

test('a flat shape on the way to a block converts', () => {
  const picture = input({ shape: [8, 8, 4] })
  const seen = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same' }).apply(picture)
  const numbers = layers.dense({ units: 256 }).apply(layers.globalAveragePooling2d().apply(seen))
  const again = layers.reshape({ targetShape: [8, 8, 4] }).apply(numbers)
  const outputs = layers.flatten().apply(layers.add().apply([seen, again]))
  const found = bracketsOf(draw(functional({ name: 'back', inputs: picture, outputs }), 3000).svg)
  expect(found.map(bracket => [bracket.says, bracket.over.at(0), bracket.over.at(-1)])).toEqual([
    [converts, 'conv2d', 'add'],
    [classifies, 'flatten', 'flatten'],
  ])
})
