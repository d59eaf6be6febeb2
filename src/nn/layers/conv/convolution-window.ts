import type { Padding } from '../../../engine/ops/window.js'
import type { LayerWindow } from '../../layer-window.js'
import { defaulting, required } from '../../options/rule.js'
import { type Pair, padding, pair } from '../../options/rules.js'

/** How the kernels of a convolution move over the picture. */
export interface ConvolutionWindowOptions {
  /** Height and width of the kernels; one number for both. */
  readonly kernelSize: number | Pair
  /** How far the kernel moves, down and to the right. Default 1. */
  readonly strides?: number | Pair
  /** `valid`: only whole windows. `same`: zeros around the picture, so that strides of 1 keep its size. Default valid. */
  readonly padding?: Padding
  /** Distance between the cells a kernel looks at. Default 1. */
  readonly dilationRate?: number | Pair
}

/** The same as it is stored. */
interface ConvolutionWindowConfig {
  readonly kernelSize: Pair
  readonly strides: Pair
  readonly padding: Padding
  readonly dilationRate: Pair
}

export const convolutionWindowSpecs = {
  kernelSize: required(pair),
  strides: defaulting<Pair>(pair, [1, 1]),
  padding: defaulting<Padding>(padding, 'valid'),
  dilationRate: defaulting<Pair>(pair, [1, 1]),
}

export const convolutionWindow = (options: ConvolutionWindowConfig): LayerWindow => ({
  option: 'kernelSize',
  kernel: options.kernelSize,
  strides: options.strides,
  dilation: options.dilationRate,
  padding: options.padding,
})
