import type { Tensor } from '../../../base/tensor.js'
import type { Pair } from '../../options/rules.js'

/** Mean `[n]` and covariance `[n, n]` (row-major) of patches of n = R·S·C numbers, in a kernel's order. */
export interface PatchStatistics {
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

/** Statistics of all R×S patches that lie within the pictures `[N, H, W, C]`, summed in float64 and in their order. */
export function patchStatistics(pictures: Tensor<Float32Array>, [R, S]: Pair): PatchStatistics {
  const [N, H, W, C] = pictures.shape as readonly [number, number, number, number]
  const sums = new PatchSums(R * S * C)
  const run = S * C
  for (let picture = 0; picture < N; picture++)
    for (let row = 0; row <= H - R; row++)
      for (let column = 0; column <= W - S; column++) {
        const corner = ((picture * H + row) * W + column) * C
        for (let r = 0; r < R; r++) sums.fill(pictures.data, corner + r * W * C, r * run, run)
        sums.add()
      }
  return sums.statistics()
}

/** Collects patches one after the other. */
class PatchSums {
  readonly patch: Float64Array
  readonly sum: Float64Array
  /** Of products of two entries; only from the diagonal to the right. */
  readonly products: Float64Array
  count = 0

  constructor(readonly length: number) {
    this.patch = new Float64Array(length)
    this.sum = new Float64Array(length)
    this.products = new Float64Array(length * length)
  }

  /** Copies a run of numbers to the place `to` of the patch. */
  fill(from: Float32Array, at: number, to: number, run: number): void {
    for (let i = 0; i < run; i++) this.patch[to + i] = from[at + i]!
  }

  /** The patch is whole. */
  add(): void {
    const { patch, sum, products, length } = this
    for (let i = 0; i < length; i++) {
      const entry = patch[i]!
      sum[i]! += entry
      for (let j = i, at = i * length + i; j < length; j++, at++) products[at]! += entry * patch[j]!
    }
    this.count++
  }

  statistics(): PatchStatistics {
    const { length, count, products } = this
    const mean = this.sum.map(total => total / count)
    const covariance = products.map((_, place) => {
      const [row, column] = [Math.floor(place / length), place % length]
      const upper = products[Math.min(row, column) * length + Math.max(row, column)]!
      return upper / count - mean[row]! * mean[column]!
    })
    return { mean, covariance }
  }
}
