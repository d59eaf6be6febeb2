import type { Epilogue, Window2D } from '../../../ops/attributes.js'
import { correlateStep, correlationScratch } from './correlate.js'
import type { Kernel, KernelFor } from './kernel.js'
import { packedSize, packPanels } from './pack-panels.js'
import { convolutionWindow, extent, type SlidingWindow } from './sliding-window.js'
import { winogradStep } from './winograd/convolve.js'
import { suitsWinograd, winogradName, winogradScratch } from './winograd/pieces.js'
import { type KernelView, transformKernelStep, winogradKernelSize } from './winograd/transform-kernel.js'

export const conv2d: KernelFor<'conv2d'> = ({ attributes, inputs, output }) => {
  const { pad, epilogue } = attributes
  const correlation = convolutionWindow(attributes, inputs[0]!, output)
  const { filters, kernel } = correlation
  const { channels } = correlation.view
  const length = kernel[0] * kernel[1] * channels
  const view = {
    first: 0,
    rows: [{ count: length, stride: filters }],
    columns: { count: filters, stride: 1 },
  }
  if (suitsWinograd(correlation)) {
    const [row, cell] = [3 * channels * filters, channels * filters]
    return winograd('conv2d', correlation, { first: 0, row, cell, channel: filters, filter: 1 }, epilogue)
  }
  return {
    algorithm: 'direct, packed kernel',
    steps: [
      packPanels('pack kernel', 1, 0, view),
      correlateStep('conv2d', flattened(correlation, pad), { input: 0, temporary: 0 }, epilogue),
    ],
    temporaries: [packedSize(length, filters)],
    scratch: correlationScratch(flattened(correlation, pad)),
  }
}

/** Picture and kernel are inputs 0 and 1. */
const winograd = (name: string, w: SlidingWindow, view: KernelView, epilogue?: Epilogue): Kernel => ({
  algorithm: winogradName,
  steps: [
    transformKernelStep(w, view, 1, 0),
    winogradStep(`${name}, Winograd`, w, { input: 0, temporary: 0 }, epilogue),
  ],
  temporaries: [winogradKernelSize(w)],
  scratch: winogradScratch(w),
})

/** A 1×1 convolution does not know rows: one long row leaves fewer narrow tiles. */
function flattened(c: SlidingWindow, { top, bottom, left, right }: Window2D['pad']): SlidingWindow {
  const pointwise =
    [...c.kernel, ...c.strides].every(length => length === 1) && top + bottom + left + right === 0
  if (!pointwise) return c
  const width = c.view.height * c.view.width
  return { ...c, view: { ...c.view, height: 1, width, columns: width }, rows: 1, columns: width }
}

/**
 * The input gradient is the correlation of `dy`, zeros between its cells for strides above 1, with the kernel turned
 * by half a turn and its channels and filters exchanged.
 */
export const conv2dInputGradient: KernelFor<'conv2dInputGradient'> = ({ attributes, inputs, output }) => {
  const [images, height, width, filters] = inputs[0] as [number, number, number, number]
  const [, rows, columns, channels] = output as [number, number, number, number]
  const { kernel, strides, dilation, pad } = attributes
  const [R, S] = kernel
  const correlation: SlidingWindow = {
    images,
    view: {
      height,
      width,
      channels: filters,
      insert: strides,
      top: dilation[0] * (R - 1) - pad.top,
      left: dilation[1] * (S - 1) - pad.left,
      columns: extent(columns, 1, S, dilation[1]),
    },
    rows,
    columns,
    filters: channels,
    kernel,
    strides: [1, 1],
    dilation,
  }
  if (suitsWinograd(correlation)) {
    const cell = channels * filters
    const view = { first: 8 * cell, row: -3 * cell, cell: -cell, channel: 1, filter: filters }
    return winograd('conv2d input gradient', correlation, view)
  }
  const turned = {
    first: (R * S - 1) * channels * filters,
    rows: [
      { count: R * S, stride: -channels * filters },
      { count: filters, stride: 1 },
    ],
    columns: { count: channels, stride: filters },
  }
  return {
    algorithm: 'direct, packed kernel',
    steps: [
      packPanels('pack turned kernel', 1, 0, turned),
      correlateStep('conv2d input gradient', correlation, { input: 0, temporary: 0 }),
    ],
    temporaries: [packedSize(R * S * filters, channels)],
    scratch: correlationScratch(correlation),
  }
}
