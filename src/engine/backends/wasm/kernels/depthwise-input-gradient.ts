import { sizeOf } from '../../../../base/shape.js'
import { i32 } from '../assembler/expressions.js'
import { correlateChannels } from './depthwise-correlate.js'
import { sumChannels } from './depthwise-multiplier.js'
import {
  type Addresses,
  FLOAT,
  type Kernel,
  type KernelFor,
  type KernelNode,
  type KernelStep,
} from './kernel.js'
import { type Phase, phasesOf } from './phases.js'

type Gradient = KernelNode<'depthwiseConv2dInputGradient'>
type Size = readonly [images: number, height: number, width: number, channels: number]

/**
 * The correlation of `dy` with the kernel turned by half a turn, one for each phase of the strides (see `phasesOf`).
 * Where there are several kernels a channel, each makes a gradient of its own; these are added up.
 */
export const depthwiseConv2dInputGradient: KernelFor<'depthwiseConv2dInputGradient'> = node => {
  const { attributes, inputs, output } = node
  const times = inputs[1]![3]!
  if (times === 1) return gradientInto(node, at => at.output, attributes.throughRelu)
  const { algorithm, steps } = gradientInto(node, at => at.temporaries[0]!)
  return {
    algorithm: `${algorithm}, channels summed`,
    steps: [...steps, sumChannels(0, output, times, attributes.throughRelu)],
    temporaries: [sizeOf(output) * times],
  }
}

/** The gradient of every channel of `dy` by itself. */
function gradientInto(
  node: Gradient,
  target: (at: Addresses) => number,
  throughRelu = false,
): Kernel & { readonly algorithm: string } {
  const { kernel, strides, dilation, pad } = node.attributes
  const [, height, width] = node.output as unknown as Size
  const down = phasesOf(height, strides[0], kernel[0], pad.top, dilation[0])
  const across = phasesOf(width, strides[1], kernel[1], pad.left, dilation[1])
  const reached = down.flatMap(y => across.map(x => y.count * x.count)).reduce((sum, cells) => sum + cells, 0)
  const phases = down.flatMap(y => across.map(x => phaseStep(node, y, x, target, throughRelu)))
  return {
    algorithm: phases.length === 1 ? 'direct' : `direct, ${phases.length} phases`,
    steps: reached < height * width ? [clearStep(node, target), ...phases] : phases,
  }
}

/** The cells of one phase, from the kernel's taps that reach them, turned. */
function phaseStep(
  { attributes, inputs, output }: Gradient,
  y: Phase,
  x: Phase,
  target: (at: Addresses) => number,
  throughRelu: boolean,
): KernelStep {
  const [images, height, width, channels] = inputs[0] as unknown as Size
  const [, rows, columns] = output as unknown as Size
  const { kernel, strides } = attributes
  return correlateChannels(
    'depthwise input gradient',
    {
      ...{ images, channels, height, width },
      ...{ top: y.before, left: x.before, rows: y.count, columns: x.count },
      kernel: [y.taps, x.taps],
      strides: [1, 1],
      dilation: [y.dilation, x.dilation],
    },
    {
      input: at => at.inputs[0]!,
      kernel: at => at.inputs[1]!,
      output: target,
      taps: {
        first: (y.lastTap * kernel[1] + x.lastTap) * channels,
        row: -y.tapStep * kernel[1] * channels,
        cell: -x.tapStep * channels,
      },
      grid: {
        first: (y.first * columns + x.first) * channels,
        image: rows * columns * channels,
        row: strides[0] * columns * channels,
        pixel: strides[1] * channels,
      },
    },
    throughRelu ? 'throughRelu' : undefined,
  )
}

/** Cells that no window reached have no gradient. */
function clearStep({ inputs, output }: Gradient, target: (at: Addresses) => number): KernelStep {
  const [images, rows, columns] = output as unknown as Size
  const bytes = rows * columns * inputs[0]![3]! * FLOAT
  return {
    name: 'clear',
    pieces: images,
    emit: ({ f, at, piece }) => f.clear(i32.add(target(at), i32.mul(piece, bytes)), bytes),
  }
}
