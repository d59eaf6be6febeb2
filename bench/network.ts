/** The tutorial's network and recipe, as every system here builds it (Fovea by name, the others from these numbers). */
export const tutorial = {
  /** Side and channels of a picture. */
  size: 32,
  channels: 3,
  classes: 10,
  /** 3×3 convolutions with relu that keep the size; a 2×2 max pooling stands behind every second of the first four. */
  filters: [64, 64, 32, 32, 16, 16],
  pooledAfter: [1, 3],
  /** Dense layers with relu before the last one with its softmax. */
  hidden: [512, 64],
  learningRate: 0.001,
  momentum: 0.5,
} as const

/** A layer that has weights. */
export interface WeightedLayer {
  readonly kind: 'convolution' | 'dense'
  readonly inputs: number
  readonly outputs: number
  /** Sums of products it makes for one picture: one for each cell and output. */
  readonly cells: number
  /** A 2×2 max pooling follows. */
  readonly pooled: boolean
}

export function weightedLayers(): readonly WeightedLayer[] {
  const { filters, pooledAfter, hidden, classes, channels } = tutorial
  const layers: WeightedLayer[] = []
  let side: number = tutorial.size
  let inputs: number = channels
  filters.forEach((outputs, index) => {
    const pooled = (pooledAfter as readonly number[]).includes(index)
    layers.push({ kind: 'convolution', inputs, outputs, cells: side * side, pooled })
    inputs = outputs
    if (pooled) side /= 2
  })
  inputs *= side * side
  for (const outputs of [...hidden, classes]) {
    layers.push({ kind: 'dense', inputs, outputs, cells: 1, pooled: false })
    inputs = outputs
  }
  return layers
}

/** Products of which one output of a layer is the sum. */
export const fanIn = ({ kind, inputs }: WeightedLayer): number =>
  kind === 'convolution' ? 9 * inputs : inputs

export const countParams = (): number =>
  weightedLayers().reduce((sum, layer) => sum + layer.outputs * (fanIn(layer) + 1), 0)

/**
 * Multiplications and additions of one picture, convolutions counted directly (two for each of the nine taps). Training
 * goes forward and back twice, to the inputs and to the weights; the pictures themselves need no gradient.
 */
export function flopOfPicture(task: 'train' | 'infer'): number {
  const forward = weightedLayers().map(layer => 2 * layer.cells * layer.outputs * fanIn(layer))
  const total = forward.reduce((sum, flop) => sum + flop, 0)
  return task === 'infer' ? total : 3 * total - forward[0]!
}
