import type { Shape } from '../base/shape.js'
import { input } from './functional.js'
import type { SymbolicTensor } from './layer.js'
import { activation, add, batchNormalization, conv2d, dense, globalAveragePooling2d } from './layers/index.js'
import { functional, type Network } from './network.js'

/** Filters of the three stages; the first keeps the size of the picture, each other halves it. */
const stages = [16, 32, 64]
const blocksOfStage = 2

/**
 * A small residual network for pictures of any size: one convolution, three stages of two residual blocks each with 16, 32
 * and 64 filters, the mean of every feature map, a dense layer. 176,378 parameters for 32×32×3 and ten classes.
 *
 * Source: He et al. 2016, "Deep Residual Learning for Image Recognition", section 4.2 (there with three or more blocks a
 * stage), and projections where shapes change.
 */
export function residualNetwork(inputShape: Shape, classes: number): Network {
  const inputs = input({ shape: inputShape })
  let x = rectified(normalizedConv(inputs, { filters: stages[0]! }))
  stages.forEach((filters, stage) => {
    for (let block = 0; block < blocksOfStage; block++)
      x = residualBlock(x, { filters, strides: stage > 0 && block === 0 ? 2 : 1 })
  })
  const seen = globalAveragePooling2d().apply(x)
  const outputs = dense({ units: classes, activation: 'softmax' }).apply(seen)
  return functional({ name: 'resnet', inputs, outputs })
}

interface BlockOptions {
  readonly filters: number
  /** 2 halves the picture. */
  readonly strides: number
}

/**
 * Two convolutions that only learn what is to be added to their input: x `[H, W, C]` → `[H / strides, W / strides, filters]`.
 *
 * What goes round them is `x` itself or, where its shape would not fit the sum, a 1×1 convolution of it. So gradients
 * reach the first layers of a deep network undiminished. A block of your own is made the same way: keep the tensor, put
 * layers behind it with `apply`, and join both with `layers.add().apply([y, x])`.
 */
function residualBlock(x: SymbolicTensor, { filters, strides }: BlockOptions): SymbolicTensor {
  const first = rectified(normalizedConv(x, { filters, strides }))
  const second = normalizedConv(first, { filters })
  const fits = strides === 1 && x.shape.at(-1) === filters
  const around = fits ? x : normalizedConv(x, { filters, strides, kernelSize: 1 })
  return rectified(add().apply([second, around]))
}

/** A convolution with batch normalisation in the place of its bias. */
function normalizedConv(
  x: SymbolicTensor,
  { kernelSize = 3, ...options }: { filters: number; strides?: number; kernelSize?: number },
): SymbolicTensor {
  const convolution = conv2d({
    ...options,
    kernelSize,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heNormal',
  })
  // Keras' momentum of 0.99 would lag behind a training of a few hundred steps.
  return batchNormalization({ momentum: 0.9 }).apply(convolution.apply(x))
}

const rectified = (x: SymbolicTensor): SymbolicTensor => activation({ activation: 'relu' }).apply(x)
