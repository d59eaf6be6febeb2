import type { Shape } from './shape.js'
import type { DType, Scaling, Tensor, TensorData } from './tensor.js'

/**
 * Numbers row by row, in memory (a `Tensor`) or where there is more room. Training and measuring ask for no more than
 * the rows of a batch at a time.
 */
export interface Rows<D extends TensorData = TensorData> {
  /** `[N, …]`; for pictures `[N, H, W, C]`. */
  readonly shape: Shape
  readonly rows: number
  readonly dtype: DType
  /** What a stored number stands for. */
  readonly scaling: Scaling
  /** The numbers of one row. They may be overwritten when the next row is asked for. */
  row(row: number): D
  /** Rows `from` (included) to `to` (excluded, default all the rest). */
  slice(from: number, to?: number): Rows<D>
  /** The same stored numbers, read in another way. */
  withScaling(scaling: Scaling): Rows<D>
  /** All of them in memory. */
  load(): Tensor<D>
}
