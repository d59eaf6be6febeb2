import { convolution } from '../../explain/convolution.js'
import { convolutionExample } from '../../explain/examples.js'
import { firstConvolution } from '../../explain/filters.js'
import { padding } from '../../explain/padding.js'
import { kernelOf } from '../../nn/convolutions.js'
import { drawConvolutionPath, drawConvolutionStep, drawConvolutionSteps } from '../../viz/convolution.js'
import { drawPadding } from '../../viz/padding.js'
import { convolutionPlayer } from '../players/convolution-player.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** How a filter runs over a picture: by hand, step by step, and the network's own first filter on a picture of its own. */
export function stepsSection(subject: Measured): Section {
  const player = convolutionPlayer({ ...convolutionExample, id: 'convolution' })
  const walk = convolution(convolutionExample)
  return {
    id: 'convolution',
    heading: 'Convolution, step by step',
    lead: 'A filter is laid over the picture, every value is multiplied by the filter’s value on it, and the products are added up. Let it run, move it by hand, or type numbers of your own.',
    content: [
      player.html,
      '<h3>First, second and last step</h3>',
      figures([drawConvolutionSteps(walk, { arrange: 'column' }), drawConvolutionPath(walk)]),
      ...ownFilter(subject),
      '<h3>Margins: same and valid</h3>',
      figures([drawPadding(padding()), drawPadding(padding({ size: 6, kernel: 2, strides: 2 }))]),
    ].join('\n'),
    css: player.css,
    script: player.script,
  }
}

/** The first filter of the network on a test picture: channels are added up, then the bias. */
function ownFilter({ model, test, classNames }: Measured): string[] {
  const call = firstConvolution(model.network)
  const kernel = kernelOf(call)!
  const weights = model.getWeights()
  const [R, S, C, K] = kernel.spec.shape as [number, number, number, number]
  const values = weights.get(kernel.name)!.data
  const filter = Array.from({ length: R }, (_, r) =>
    Array.from({ length: S }, (_, s) =>
      Array.from({ length: C }, (_, c) => round(values[((r * S + s) * C + c) * K]!)),
    ),
  )
  const bias = weights.get(`${call.name}/bias`)?.data[0] ?? 0
  const [H, W] = test.x.shape.slice(1) as [number, number]
  const { data, scaling } = test.x.slice(0, 1)
  const seen = (byte: number) => round(byte * scaling.scale + scaling.offset)
  const input = Array.from({ length: H }, (_, y) =>
    Array.from({ length: W }, (_, x) =>
      Array.from({ length: C }, (_, c) => seen(data[(y * W + x) * C + c]!)),
    ),
  )
  const walk = convolution({ input, kernel: filter, bias: round(bias), tones: { unit: 1 / scaling.scale } })
  const middle = { row: Math.floor(walk.output.length / 2), column: Math.floor(walk.output[0]!.length / 2) }
  return [
    `<h3>The first filter of this network on a test picture (${classNames[test.y.data[0]!]})</h3>`,
    '<p>Values are those the network sees, rounded to two digits.</p>',
    figures([drawConvolutionStep(walk, { ...middle, arrange: 'column' })]),
  ]
}

const round = (value: number): number => Math.round(value * 100) / 100
