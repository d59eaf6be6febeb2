import { input } from '../../nn/functional.js'
import type { SymbolicTensor } from '../../nn/layer.js'
import * as layers from '../../nn/layers/index.js'
import { functional, type Network, sequential } from '../../nn/network.js'

// Networks with branches of every kind, to be plotted.

const conv = (x: SymbolicTensor, filters: number, kernelSize: number, strides = 1): SymbolicTensor =>
  layers.conv2d({ filters, kernelSize, strides, padding: 'same', activation: 'relu' }).apply(x)

/** Two blocks with a way round; in the second that way has a convolution. */
export function residual(): Network {
  const inputs = input({ shape: [32, 32, 3] })
  const stem = conv(inputs, 16, 3)
  const first = layers.add().apply([conv(conv(stem, 16, 3), 16, 3), stem])
  const second = layers.add().apply([conv(conv(first, 32, 3, 2), 32, 3), conv(first, 32, 1, 2)])
  const outputs = head(layers.batchNormalization().apply(second))
  return functional({ name: 'residual', inputs, outputs })
}

/** Four branches that meet in one. */
export function inception(): Network {
  const inputs = input({ shape: [32, 32, 3] })
  const stem = conv(inputs, 16, 3)
  const pooled = layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(stem)
  const branches = [
    conv(stem, 8, 1),
    conv(conv(stem, 8, 1), 16, 3),
    conv(conv(conv(stem, 4, 1), 8, 3), 8, 3),
    conv(pooled, 8, 1),
  ]
  const outputs = head(layers.concatenate().apply(branches))
  return functional({ name: 'inception', inputs, outputs })
}

/** One way round `depth` layers, and a short one within. */
export function longSkip(depth = 12): Network {
  const inputs = input({ shape: [16, 16, 8] })
  let x = inputs
  let short = inputs
  for (let i = 0; i < depth; i++) {
    x = conv(x, 8, 3)
    if (i === 3) short = x
    if (i === 6)
      x = layers.concatenate({ name: 'a_join_with_quite_a_long_name_of_its_own' }).apply([x, short])
  }
  return functional({ name: 'long_skip', inputs, outputs: head(layers.add().apply([x, inputs])) })
}

/** A picture and twelve numbers about it. */
export function twoInputs(): Network {
  const picture = input({ shape: [28, 28, 1], name: 'picture' })
  const facts = input({ shape: [12], name: 'facts' })
  const seen = layers.flatten().apply(conv(picture, 8, 5, 2))
  const known = layers.dense({ units: 16, activation: 'relu' }).apply(facts)
  const outputs = layers
    .dense({ units: 3, activation: 'softmax' })
    .apply(layers.concatenate().apply([seen, known]))
  return functional({ name: 'two_inputs', inputs: [picture, facts], outputs })
}

export const oneLayer = (): Network => sequential([layers.dense({ units: 2, inputShape: [4] })])

/** A chain of `length` layers. */
export const chain = (length: number): Network =>
  sequential(
    Array.from({ length }, () =>
      layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', inputShape: [8, 8, 4] }),
    ),
  )

const head = (x: SymbolicTensor): SymbolicTensor =>
  layers.dense({ units: 10, activation: 'softmax' }).apply(layers.globalAveragePooling2d().apply(x))
