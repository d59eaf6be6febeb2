import { ShapeError } from './errors.js'
import { formatShape, type Shape, sizeOf } from './shape.js'

export type TensorData = Uint8Array | Int32Array | Float32Array | Float64Array
export type DType = 'uint8' | 'int32' | 'float32' | 'float64'

/** What a stored number stands for: `stored * scale + offset`. */
export interface Scaling {
  readonly scale: number
  readonly offset: number
}

const unscaled: Scaling = { scale: 1, offset: 0 }

/**
 * Numbers with a shape: a plain typed array, row-major, never in need of disposal.
 *
 * Pictures stay `uint8` in memory; `scaled` notes what a stored number stands for, and the conversion happens
 * when a batch is made.
 */
export class Tensor<D extends TensorData = TensorData> {
  constructor(
    readonly data: D,
    readonly shape: Shape,
    readonly scaling: Scaling = unscaled,
  ) {
    if (!ArrayBuffer.isView(data) || !Array.isArray(shape))
      throw new ShapeError(
        'Tensor: first a typed array, then its shape as a list, but something else came.',
        'For example new Tensor(new Float32Array(6), [2, 3]).',
      )
    if (data.length !== sizeOf(shape))
      throw new ShapeError(
        `Tensor: the shape ${formatShape(shape)} holds ${sizeOf(shape)} numbers, but ${data.length} came.`,
      )
  }

  get dtype(): DType {
    if (this.data instanceof Uint8Array) return 'uint8'
    if (this.data instanceof Int32Array) return 'int32'
    return this.data instanceof Float32Array ? 'float32' : 'float64'
  }

  /** Length of the first axis. */
  get rows(): number {
    return this.shape[0] ?? 1
  }

  /** Rows `from` (included) to `to` (excluded) of the first axis, sharing memory with this tensor. */
  slice(from: number, to: number = this.rows): Tensor<D> {
    const row = sizeOf(this.shape.slice(1))
    const data = this.data.subarray(from * row, to * row) as D
    return new Tensor(data, [data.length / (row || 1), ...this.shape.slice(1)], this.scaling)
  }

  /** The numbers of one row, sharing memory with this tensor. */
  row(row: number): D {
    const length = sizeOf(this.shape.slice(1))
    return this.data.subarray(row * length, (row + 1) * length) as D
  }

  /** The same stored numbers, read in another way. */
  withScaling(scaling: Scaling): Tensor<D> {
    return new Tensor(this.data, this.shape, scaling)
  }

  /** Itself: it is in memory. */
  load(): this {
    return this
  }

  /**
   * The same stored numbers, read as `value * scale + offset` (composed with the scaling there already is).
   * `pixels.scaled(1 / 255, -0.5)` brings bytes to -0.5…0.5, as `x / 255 - 0.5` does.
   */
  scaled(scale: number, offset: number): Tensor<D> {
    const { scale: s, offset: o } = this.scaling
    return new Tensor(this.data, this.shape, { scale: s * scale, offset: o * scale + offset })
  }
}
