import { correlateStep, correlationScratch } from './correlate.js'
import type { KernelFor } from './kernel.js'
import { packedSize, packPanels } from './pack-panels.js'
import { convolutionWindow, isPointwise, type SlidingWindow } from './sliding-window.js'
import { winogradKernel } from './winograd/convolve.js'
import { suitsWinograd } from './winograd/pieces.js'

export const conv2d: KernelFor<'conv2d'> = ({ attributes, inputs, output }) => {
  const { epilogue } = attributes
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
    return winogradKernel(
      'conv2d',
      correlation,
      { first: 0, row, cell, channel: filters, filter: 1 },
      epilogue,
    )
  }
  return {
    algorithm: 'direct, packed kernel',
    steps: [
      packPanels('pack kernel', 1, 0, view),
      correlateStep('conv2d', flattened(correlation), { input: 0, temporary: 0 }, epilogue),
    ],
    temporaries: [packedSize(length, filters)],
    scratch: correlationScratch(flattened(correlation)),
  }
}

/** A 1×1 convolution does not know rows: one long row leaves fewer narrow tiles. */
function flattened(c: SlidingWindow): SlidingWindow {
  if (!isPointwise(c)) return c
  const width = c.view.height * c.view.width
  return { ...c, view: { ...c.view, height: 1, width, columns: width }, rows: 1, columns: width }
}
