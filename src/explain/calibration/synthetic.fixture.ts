import { Random } from '../../base/random.js'
import { Tensor } from '../../base/tensor.js'

/** A softmax in plain words. */
export function softmaxOf(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const shares = logits.map(z => Math.exp(z - highest))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map(share => share / sum)
}

export const tensorOf = (rows: readonly (readonly number[])[]): Tensor<Float32Array> =>
  new Tensor(Float32Array.from(rows.flat()), [rows.length, rows[0]!.length])

export interface Synthetic {
  readonly logits: readonly (readonly number[])[]
  /** Softmax of the logits, which is right only at temperature 1. */
  readonly probabilities: Tensor<Float32Array>
  /** Drawn from the softmax of logits / temperature: at that temperature the network is calibrated. */
  readonly labels: readonly number[]
}

/** A classifier of which it is known at which temperature its probabilities are true. `spread` is that of its logits. */
export function syntheticClassifier(
  temperature: number,
  { pictures = 4000, classes = 10, spread = 4, seed = 1 } = {},
): Synthetic {
  const random = new Random(seed, 'synthetic')
  const logits = Array.from({ length: pictures }, () =>
    Array.from({ length: classes }, () => random.normal(0, spread)),
  )
  const labels = logits.map(row => draw(softmaxOf(row.map(z => z / temperature)), random.uniform()))
  return { logits, probabilities: tensorOf(logits.map(softmaxOf)), labels }
}

function draw(shares: readonly number[], chance: number): number {
  let left = chance
  const place = shares.findIndex(share => {
    left -= share
    return left < 0
  })
  return place < 0 ? shares.length - 1 : place
}
