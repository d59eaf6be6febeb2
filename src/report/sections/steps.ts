import { sameShape } from '../../base/shape.js'
import type { Tensor } from '../../base/tensor.js'
import { type ConvolutionWalk, convolution } from '../../explain/convolution.js'
import { convolutionExample } from '../../explain/examples.js'
import { padding } from '../../explain/padding.js'
import type { Numbers } from '../../explain/planes.js'
import { convolutionsOf, isDepthwise, kernelOf } from '../../nn/convolutions.js'
import { drawConvolutionPath, drawConvolutionStep } from '../../viz/convolution.js'
import { drawPadding } from '../../viz/padding.js'
import { escapeText } from '../../viz/svg/element.js'
import { convolutionPlayer } from '../players/convolution-player.js'
import { figures, type Section } from '../section.js'
import type { Measured } from '../subject.js'

/** How a filter runs over a picture: by hand, step by step, and the network's own first filter on a picture of its own. */
export function stepsSection(subject: Measured): Section {
  const player = convolutionPlayer({ ...convolutionExample, id: 'convolution-player' })
  return {
    id: 'convolution',
    heading: 'Convolution, step by step',
    lead: 'A filter is laid over the picture, every value is multiplied by the filter’s value on it, and the products are added up. Let it run, move it by hand, or type numbers of your own.',
    content: [
      player.html,
      '<h3>First, second and last step</h3>',
      exampleSteps(convolution(convolutionExample)),
      ownFilter(subject),
      '<h3>Margins: same and valid</h3>',
      figures(
        [padding(), padding({ kernel: 2 }), padding({ size: 6, strides: 2 })].map(one => drawPadding(one)),
      ),
    ].join('\n'),
    css: player.css,
    script: player.script,
  }
}

function exampleSteps(walk: ConvolutionWalk): string {
  const last = { row: walk.output.length - 1, column: walk.output[0]!.length - 1 }
  const steps = [{ row: 0, column: 0 }, { row: 0, column: 1 }, last]
  return figures([
    ...steps.map(step => drawConvolutionStep(walk, { ...step, arrange: 'column' })),
    drawConvolutionPath(walk),
  ])
}

/** The first filter of the network in the middle of a test picture: channels are added up, then the bias. */
function ownFilter({ model, test, classNames }: Measured): string {
  const [call] = convolutionsOf(model.network)
  // Behind other layers it sees no picture; a depthwise one adds up no channels.
  if (!call || isDepthwise(call) || !sameShape(call.inputShapes[0]!, test.x.shape.slice(1))) return ''
  const { name, spec } = kernelOf(call)!
  const weights = model.getWeights()
  const bias = weights.get(`${call.name}/bias`)?.data[0] ?? 0
  const walk = convolution({
    input: asSeen(test.x.slice(0, 1).load()),
    kernel: firstOf(weights.get(name)!.data, spec.shape),
    bias: round(bias),
    ...(call.layer.window && { padding: call.layer.window.padding, strides: call.layer.window.strides }),
    tones: { unit: 1 / test.x.scaling.scale },
  })
  const middle = { row: walk.output.length >> 1, column: walk.output[0]!.length >> 1 }
  return [
    `<h3>The first filter of this network on a test picture (${escapeText(classNames[test.y.data[0]!]!)})</h3>`,
    '<p>Values are those the network sees, rounded to two digits. Channels are added up, then the bias.</p>',
    figures([drawConvolutionStep(walk, { ...middle, arrange: 'column' })]),
  ].join('\n')
}

/** One picture [1, H, W, C] as the network sees it, in numbers a person can read. */
const asSeen = ({ data, shape, scaling }: Tensor): Numbers => ({
  shape: shape.slice(1),
  data: Array.from(data, byte => round(byte * scaling.scale + scaling.offset)),
})

/** The first of the kernels [R, S, C, K]. */
const firstOf = (values: Float32Array, [R, S, C, K]: readonly number[]): Numbers => ({
  shape: [R!, S!, C!],
  data: Array.from({ length: R! * S! * C! }, (_, i) => round(values[i * K!]!)),
})

const round = (value: number): number => Math.round(value * 100) / 100
