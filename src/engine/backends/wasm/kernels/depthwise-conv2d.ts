import { sizeOf } from '../../../../base/shape.js'
import { correlateChannels } from './depthwise-correlate.js'
import { repeatChannels } from './depthwise-multiplier.js'
import { depthwiseWindow } from './depthwise-window.js'
import type { Addresses, KernelFor } from './kernel.js'

/** Where there are several kernels a channel, the channels are repeated first: then every channel has one. */
export const depthwiseConv2d: KernelFor<'depthwiseConv2d'> = ({ attributes, inputs, output }) => {
  const [x, kernel] = inputs as [readonly number[], readonly number[]]
  const [channels, rows, columns, times] = [output[3]!, output[1]!, output[2]!, kernel[3]!]
  const places = {
    kernel: (at: Addresses) => at.inputs[1]!,
    output: (at: Addresses) => at.output,
    taps: { first: 0, row: attributes.kernel[1] * channels, cell: channels },
    grid: { first: 0, image: rows * columns * channels, row: columns * channels, pixel: channels },
  }
  const window = depthwiseWindow(attributes, x, output)
  const correlate = (input: (at: Addresses) => number) =>
    correlateChannels('depthwise conv2d', window, { ...places, input }, attributes.epilogue)
  if (times === 1) return { algorithm: 'direct', steps: [correlate(at => at.inputs[0]!)] }
  return {
    algorithm: 'direct, channels repeated',
    steps: [repeatChannels(0, 0, x, times), correlate(at => at.temporaries[0]!)],
    temporaries: [sizeOf(x) * times],
  }
}
