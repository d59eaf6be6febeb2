/** Kernel window over the two picture axes, everything in cells. `pad` is explicit: before and after each axis. */
export interface Window2D {
  readonly kernel: readonly [R: number, S: number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly pad: Pad2D
}

export interface Pad2D {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export type ActivationKind = 'linear' | 'relu' | 'leakyRelu' | 'elu' | 'gelu' | 'silu' | 'sigmoid' | 'tanh'

export interface Activation {
  readonly kind: ActivationKind
  /** Slope below zero of leakyRelu (Keras: 0.2), scale below zero of elu (Keras: 1). Ignored by the rest. */
  readonly alpha: number
}

export type PoolKind = 'max' | 'average' | 'min'

/** What follows a product before it is stored: with `bias` the op takes one more input, `[K]`; then the activation. */
export interface Epilogue {
  readonly bias: boolean
  readonly activation: Activation
}

/** With `throughRelu` x is what a relu made, and the gradient goes on through it: it is 0 where x is. */
export interface ThroughRelu {
  readonly throughRelu?: boolean
}

/** What lies outside a picture: one number everywhere, the nearest cell, or the picture mirrored at its outermost cells. */
export interface PictureBorder {
  readonly border: 'constant' | 'edge' | 'reflect'
  /** The number where `border` is `constant`. */
  readonly value: number
}

export interface GroupNorm {
  readonly groups: number
  readonly epsilon: number
}

/** The smallest and the largest number a pixel can have. */
export interface PixelRange {
  readonly low: number
  readonly high: number
}

/**
 * Every op of the engine, and what it must be told besides its inputs.
 * The tables of meanings, gradients and kernels are typed by this list: an op missing in one does not compile.
 */
export interface OpAttributes {
  /** x [N,H,W,C], kernel [R,S,C,K] (, bias [K]) → [N,H',W',K] */
  conv2d: Window2D & { readonly epilogue?: Epilogue }
  /** dy [N,H',W',K], kernel [R,S,C,K] (, x [N,H,W,C]) → dx `inputShape` */
  conv2dInputGradient: Window2D & ThroughRelu & { readonly inputShape: readonly number[] }
  /** x [N,H,W,C], dy [N,H',W',K] → dkernel [R,S,C,K] */
  conv2dKernelGradient: Window2D
  /** x [N,H,W,C], kernel [R,S,C,D] (, bias [C·D]) → [N,H',W',C·D], channel c·D+d from channel c alone */
  depthwiseConv2d: Window2D & { readonly epilogue?: Epilogue }
  /** dy [N,H',W',C·D], kernel [R,S,C,D] (, x [N,H,W,C]) → dx `inputShape` */
  depthwiseConv2dInputGradient: Window2D & ThroughRelu & { readonly inputShape: readonly number[] }
  /** x [N,H,W,C], dy [N,H',W',C·D] → dkernel [R,S,C,D] */
  depthwiseConv2dKernelGradient: Window2D
  /** a [M,K] or, transposed, [K,M]; b [K,N] or, transposed, [N,K] (, bias [N]) → [M,N] */
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean; readonly epilogue?: Epilogue }
  /** x […,C], bias [C] → […,C] */
  biasAdd: Record<never, never>
  /** x […,C] → [C], the sum over every axis but the last */
  channelSum: Record<never, never>
  /** x → same shape */
  activation: Activation
  /** dy, and z: the activation's output where the derivative follows from it (see `derivativeFrom`), else its input */
  activationGradient: Activation
  /** x […,C] → same shape, over the last axis */
  softmax: Record<never, never>
  /** dy, y (softmax's output) → dx */
  softmaxGradient: Record<never, never>
  /** x [N,H,W,C] → [N,H',W',C]. Average does not count padding; ties go to the first cell, row by row. */
  pool2d: Window2D & { readonly kind: PoolKind }
  /** dy [N,H',W',C], x [N,H,W,C] → dx [N,H,W,C] */
  pool2dGradient: Window2D & ThroughRelu & { readonly kind: PoolKind }
  /** x → `shape`, the same numbers in the same order */
  reshape: { readonly shape: readonly number[] }
  /** a, b of one shape → a + b */
  add: Record<never, never>
  /** a, b of one shape → a · b */
  multiply: Record<never, never>
  /** x → factor · x */
  scale: { readonly factor: number }
  /** inputs equal on every axis but `axis` → joined along it */
  concatenate: { readonly axis: number }
  /** x → the block that begins at `begin` and is `size` long, axis by axis */
  slice: { readonly begin: readonly number[]; readonly size: readonly number[] }
  /** x → x with zeros before and after each axis */
  pad: { readonly before: readonly number[]; readonly after: readonly number[] }
  /**
   * x, state [2] = (seed, step), both integers below 2²⁴ → x · keep / (1 - rate).
   * `salt` tells layers apart. The mask is a function of (seed, step, salt, element), so the gradient is the same op on dy.
   */
  dropout: { readonly rate: number; readonly salt: number }
  /** The same for whole channels of a picture: x [N,…,C] → same shape, with the mask of dropout over [N,C]. */
  spatialDropout: { readonly rate: number; readonly salt: number }
  /**
   * x, state (as in dropout) → x + stddev · n, with `multiplicative` x · (1 + stddev · n); n is from the normal distribution,
   * a function of (seed, step, salt, element).
   */
  gaussianNoise: { readonly stddev: number; readonly salt: number; readonly multiplicative: boolean }
  /** x […,C] → [C] */
  channelMean: Record<never, never>
  /** x […,C], mean [C] → [C], the population variance */
  channelVariance: Record<never, never>
  /**
   * x […,C], mean [C], variance [C], gamma [C], beta [C] → gamma · (x - mean) / √(variance + epsilon) + beta.
   * With `training` mean and variance are those of x, and the gradient flows through them into x.
   */
  batchNorm: { readonly epsilon: number; readonly training: boolean }
  /** dy, x, mean, variance → dgamma [C] */
  batchNormGammaGradient: { readonly epsilon: number }
  /** dy, x, mean, variance, gamma, dgamma, dbeta → dx (`training` as in batchNorm; without it dgamma and dbeta are unused) */
  batchNormInputGradient: { readonly epsilon: number; readonly training: boolean }
  /**
   * x [N,…,C], gamma [C], beta [C] → gamma · (x - mean) / √(variance + epsilon) + beta. Mean and population variance are those
   * of x for each sample and each of `groups` runs of channels, over all axes between; `groups` divides C.
   */
  groupNorm: GroupNorm
  /** dy, x → dgamma [C]. The statistics are computed again. */
  groupNormGammaGradient: GroupNorm
  /** dy, x, gamma → dx. The statistics are computed again. */
  groupNormInputGradient: GroupNorm
  /** logits [N,C], target [N,C] → loss [N] of each row: -Σ target · log softmax(logits) */
  softmaxCrossEntropy: Record<never, never>
  /** dloss [N], logits [N,C], target [N,C] → dlogits [N,C] */
  softmaxCrossEntropyGradient: Record<never, never>
  /** p [N,C] (scaled to sum 1, then kept within 1e-7 … 1-1e-7), target [N,C] → loss [N]: -Σ target · log p (Keras, from_logits=False) */
  crossEntropy: Record<never, never>
  /** dloss [N], p, target → dp */
  crossEntropyGradient: Record<never, never>
  /** target […,C] → target · (1 - smoothing) + smoothing / C */
  smoothTarget: { readonly smoothing: number }
  /** y, target of one shape [N,…] → [N], the mean of squares over every other axis */
  squaredError: Record<never, never>
  /** dloss [N], y, target → dy */
  squaredErrorGradient: Record<never, never>
  /** x → [1], the mean of all elements */
  mean: Record<never, never>
  /** dy [1] → `shape`, every element dy · factor */
  spread: { readonly shape: readonly number[]; readonly factor: number }
  /** w → [1], factor · Σ w² */
  l2Penalty: { readonly factor: number }
  /** dy [1], w → 2 · factor · dy · w */
  l2PenaltyGradient: { readonly factor: number }
  /** w → [1], factor · Σ |w| */
  l1Penalty: { readonly factor: number }
  /** dy [1], w → factor · dy · sign w, 0 where w is 0 */
  l1PenaltyGradient: { readonly factor: number }
  /** prediction [N,C], target [N,C] → [N], 1 where the target's largest class is among the k largest predicted, else 0. Ties go to the lower class. */
  topK: { readonly k: number }
  /** x, y of one shape, coefficients [2] → c0·x + c1·y (or c1·y² with `square`). Works in place on x: the optimizers' update. */
  combine: { readonly square: boolean }
  /** w, m, v of one shape, coefficients [2] = (rate, epsilon) → w - rate · m / (√v + epsilon). In place on w. */
  adamStep: Record<never, never>
  /** x, g, v (, with `centered` mean) of one shape, coefficients [3] = (keep, rate, epsilon) → keep · x + rate · g / √(v - mean² + epsilon). In place on x. */
  rmsStep: { readonly centered: boolean }
  /** w, m, g of one shape, coefficients [3] = (rate, c0, c1) → w - rate · sign(c0 · m + c1 · g). In place on w. */
  lionStep: Record<never, never>
  /** x, factor [1] → factor · x. In place on x. */
  scaleBy: Record<never, never>
  /** x → x, no further from 0 than `limit` */
  clip: { readonly limit: number }
  /** sums of squares, each [1] → [1], norm / max(√(all of them), least): what brings a norm to `norm`, or below it where `least` is `norm` */
  normFactor: { readonly norm: number; readonly least: number }
  /**
   * x [N,H,W,C], moves [N,4] = (-1 to mirror columns, else 1; -1 to mirror rows, else 1; cells to the right; cells down)
   * → the pictures mirrored, then moved
   */
  movePictures: PictureBorder
  /**
   * x [N,H,W,C], maps [N,7] = (0 to leave the picture as it is, else 1; a, b, c, d, e, f) → column j of row i shows the place
   * column a·j + b·i + c, row d·j + e·i + f, between four cells bilinearly
   */
  warpPictures: PictureBorder
  /** x [N,H,W,C], boxes [N,4] = (top, left, height, width) within the picture → x with `value` in every cell of the box */
  coverBoxes: { readonly value: number }
  /** x [N,H,W,C], boxes [N,5] = (top, left, height, width, row) → x with the cells of picture `row` of x in the box */
  pasteBoxes: Record<never, never>
  /** x [N,…], mixes [N,2] = (share, row) → share · x + (1 - share) · x[row] */
  mixRows: Record<never, never>
  /**
   * x [N,H,W,C], maps [N, 1 + C + 2·C²] = (0 to leave the picture as it is, else 1; shift [C]; own [C,C]; mean [C,C]), in both
   * matrices row = channel read, column = channel made → x·own + (mean of the picture's channels)·mean + shift, within the range
   */
  recolourPictures: PixelRange
  /** x [N,H,W,C], changes [N,2] = (which of `levelChanges`, amount) → x with its levels 0 … 255 changed, channel by channel */
  changeLevels: PixelRange
  /** x [N,H,W,C], factors [N,1] → blurred + factor · (x - blurred), within the range; the outermost cells stay. Below 1 blurs. */
  sharpenPictures: PixelRange
}

export type OpName = keyof OpAttributes
