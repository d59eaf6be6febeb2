import { i32 } from '../assembler/expressions.js'
import { correlateStep, correlationScratch } from './correlate.js'
import type { Finish } from './epilogue.js'
import { FLOAT, type Kernel, type KernelFor, type KernelNode, type KernelStep } from './kernel.js'
import { packedSize, packPanels } from './pack-panels.js'
import { type Phase, phasesOf } from './phases.js'
import { extent, type SlidingWindow } from './sliding-window.js'
import { winogradKernel } from './winograd/convolve.js'
import { suitsWinograd } from './winograd/pieces.js'

type Gradient = KernelNode<'conv2dInputGradient'>
type Size = readonly [number, number, number, number]

/**
 * The input gradient is the correlation of `dy` with the kernel turned by half a turn, its channels and filters
 * exchanged. With strides, cells of dx that lie a stride apart see the same few taps of the kernel: each such phase is
 * a correlation of its own, with those taps. Where there is dilation too, zeros are put between the cells of `dy`.
 */
export const conv2dInputGradient: KernelFor<'conv2dInputGradient'> = node => {
  const { strides, dilation } = node.attributes
  const strided = strides.some(stride => stride > 1)
  if (strided && dilation.every(step => step === 1)) return phasedGradient(node)
  const correlation = insertingCorrelation(node)
  return suitsWinograd(correlation) ? winogradGradient(node, correlation) : directGradient(node, correlation)
}

const finishOf = ({ throughRelu }: Gradient['attributes']): Finish | undefined =>
  throughRelu ? 'throughRelu' : undefined

/** The correlation over `dy` with zeros between its cells for strides above 1. */
function insertingCorrelation({ attributes, inputs, output }: Gradient): SlidingWindow {
  const [images, height, width, filters] = inputs[0] as Size
  const [, rows, columns, channels] = output as Size
  const { kernel, strides, dilation, pad } = attributes
  const [R, S] = kernel
  const view = {
    height,
    width,
    channels: filters,
    insert: strides,
    top: dilation[0] * (R - 1) - pad.top,
    left: dilation[1] * (S - 1) - pad.left,
    columns: extent(columns, 1, S, dilation[1]),
  }
  return { images, view, rows, columns, filters: channels, kernel, strides: [1, 1], dilation }
}

function winogradGradient({ attributes }: Gradient, correlation: SlidingWindow): Kernel {
  const filters = correlation.view.channels
  const cell = correlation.filters * filters
  const view = { first: 8 * cell, row: -3 * cell, cell: -cell, channel: 1, filter: filters }
  return winogradKernel('conv2d input gradient', correlation, view, finishOf(attributes))
}

function directGradient({ attributes }: Gradient, correlation: SlidingWindow): Kernel {
  const { channels: filters } = correlation.view
  const { filters: channels } = correlation
  const [R, S] = attributes.kernel
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
      correlateStep('conv2d input gradient', correlation, { input: 0, temporary: 0 }, finishOf(attributes)),
    ],
    temporaries: [packedSize(R * S * filters, channels)],
    scratch: correlationScratch(correlation),
  }
}

/** One correlation for each phase of the strides. */
function phasedGradient(node: Gradient): Kernel {
  const { kernel, strides, pad } = node.attributes
  const [, height, width] = node.output as Size
  const down = phasesOf(height, strides[0], kernel[0], pad.top)
  const across = phasesOf(width, strides[1], kernel[1], pad.left)
  const correlations = down.flatMap(y => across.map(x => phaseCorrelation(node, y, x)))
  const reached = correlations.reduce((sum, { rows, columns }) => sum + rows * columns, 0)
  const steps = correlations.flatMap((correlation, index) => [
    packPanels('pack taps', 1, index, correlation.taps),
    correlateStep(
      'conv2d input gradient, phase',
      correlation,
      { input: 0, temporary: index },
      finishOf(node.attributes),
    ),
  ])
  return {
    algorithm: correlations.length === 1 ? 'direct, one phase' : `direct, ${correlations.length} phases`,
    steps: reached < height * width ? [clearStep(node), ...steps] : steps,
    temporaries: correlations.map(({ kernel, view, filters }) =>
      packedSize(kernel[0] * kernel[1] * view.channels, filters),
    ),
    scratch: Math.max(0, ...correlations.map(correlationScratch)),
  }
}

/** The cells of one phase, and the kernel's taps that reach them, turned. */
function phaseCorrelation({ attributes, inputs, output }: Gradient, y: Phase, x: Phase) {
  const [images, height, width, filters] = inputs[0] as Size
  const [, rows, columns, channels] = output as Size
  const { kernel, strides } = attributes
  const cell = channels * filters
  const window: SlidingWindow = {
    images,
    view: {
      height,
      width,
      channels: filters,
      insert: [1, 1],
      top: y.before,
      left: x.before,
      columns: extent(x.count, 1, x.taps, 1),
    },
    rows: y.count,
    columns: x.count,
    filters: channels,
    kernel: [y.taps, x.taps],
    strides: [1, 1],
    dilation: [1, 1],
    output: {
      first: (y.first * columns + x.first) * channels,
      image: rows * columns * channels,
      row: strides[0] * columns * channels,
      pixel: strides[1] * channels,
    },
  }
  const taps = {
    first: (y.lastTap * kernel[1] + x.lastTap) * cell,
    rows: [
      { count: y.taps, stride: -strides[0] * kernel[1] * cell },
      { count: x.taps, stride: -strides[1] * cell },
      { count: filters, stride: 1 },
    ],
    columns: { count: channels, stride: filters },
  }
  return { ...window, taps }
}

/** Cells that no window reached have no gradient. */
function clearStep({ output }: Gradient): KernelStep {
  const [images, rows, columns, channels] = output as Size
  const bytes = rows * columns * channels * FLOAT
  return {
    name: 'clear',
    pieces: images,
    emit: ({ f, at, piece }) => f.clear(i32.add(at.output, i32.mul(piece, bytes)), bytes),
  }
}
