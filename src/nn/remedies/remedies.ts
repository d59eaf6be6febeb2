import type { Layer } from '../layer.js'
import {
  Activation,
  BatchNormalization,
  Conv2D,
  Dense,
  DepthwiseConv2D,
  Dropout,
  SeparableConv2D,
} from '../layers/index.js'
import { layerFromConfig } from '../registry.js'

/** Shares that dropout takes away. */
export interface DropoutShares {
  /** Behind every pooling. Default 0.25. */
  readonly afterPooling?: number
  /** Before the last dense layer. Default 0.5. */
  readonly beforeOutput?: number
}

/**
 * The layers with dropout where it is usual: behind every pooling, and before the dense layer that answers (Srivastava et
 * al. 2014).
 */
export function withDropout(
  layers: readonly Layer[],
  { afterPooling = 0.25, beforeOutput = 0.5 }: DropoutShares = {},
): Layer[] {
  const last = layers.findLastIndex(layer => layer instanceof Dense)
  return layers.flatMap((layer, place) => {
    const before = place === last && place > 0 ? [new Dropout({ rate: beforeOutput })] : []
    return [...before, layer, ...(isPooling(layer) ? [new Dropout({ rate: afterPooling })] : [])]
  })
}

/** What pools pictures to smaller pictures. */
const isPooling = ({ className }: Layer): boolean => /^(Max|Average|Min)Pooling2D$/.test(className)

/**
 * The layers with a penalty on the kernel of every convolution and dense layer, in the place of an L2 penalty they have.
 * Depthwise kernels get none: they are too few to learn anything by heart (Howard et al. 2017, arXiv 1704.04861, section 3.2).
 */
export const withL2 = (layers: readonly Layer[], factor = 0.0005): Layer[] =>
  layers.map(layer => {
    if (layer instanceof Conv2D || layer instanceof Dense)
      return changed(layer, { kernelRegularizer: { ...layer.options.kernelRegularizer, l2: factor } })
    if (layer instanceof SeparableConv2D)
      return changed(layer, { pointwiseRegularizer: { ...layer.options.pointwiseRegularizer, l2: factor } })
    return layer
  })

/**
 * The layers with batch normalisation between every convolution and its activation (Ioffe & Szegedy 2015). Its beta does
 * what the convolution's bias did, so that training has as many numbers to change as before.
 *
 * @param momentum Share of the moving statistics that stays at each step; short trainings want less than Keras' 0.99.
 */
export const withBatchNormalization = (layers: readonly Layer[], momentum = 0.9): Layer[] =>
  layers.flatMap(layer => (isConvolution(layer) ? normalized(layer, momentum) : layer))

type Convolution = Conv2D | DepthwiseConv2D | SeparableConv2D

const isConvolution = (layer: Layer): layer is Convolution =>
  [Conv2D, DepthwiseConv2D, SeparableConv2D].some(kind => layer instanceof kind)

function normalized(layer: Convolution, momentum: number): Layer[] {
  const { activation } = layer.options
  const convolution = changed(layer, { activation: 'linear', useBias: false })
  const normalization = new BatchNormalization({ momentum, scale: false })
  return [
    convolution,
    normalization,
    ...(activation === 'linear' ? [] : [new Activation({ activation: activation as never })]),
  ]
}

const changed = (layer: Layer, options: Readonly<Record<string, unknown>>): Layer =>
  layerFromConfig(layer.className, { ...layer.options, ...options })
