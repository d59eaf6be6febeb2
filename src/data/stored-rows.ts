import type { Rows } from '../base/rows.js'
import { type Shape, sizeOf } from '../base/shape.js'
import { type Scaling, Tensor } from '../base/tensor.js'

/** Bytes that lie elsewhere, row behind row: in a file. */
export interface RowStore {
  /** Of one row, `[H, W, C]`. */
  readonly rowShape: Shape
  /** Copies row `row` to the beginning of `into`. It is called between two steps of training, so it must not wait. */
  read(row: number, into: Uint8Array): void
}

/** Some rows of a store, in an order of their own. Only the row that was asked for last is in memory. */
export class StoredRows implements Rows<Uint8Array> {
  readonly shape: Shape
  readonly dtype = 'uint8'
  private readonly buffer: Uint8Array

  /** @param order which rows of the store these are */
  constructor(
    private readonly store: RowStore,
    private readonly order: Uint32Array,
    readonly scaling: Scaling,
  ) {
    this.shape = [order.length, ...store.rowShape]
    this.buffer = new Uint8Array(sizeOf(store.rowShape))
  }

  get rows(): number {
    return this.order.length
  }

  row(row: number): Uint8Array {
    this.store.read(this.order[row]!, this.buffer)
    return this.buffer
  }

  slice(from: number, to: number = this.rows): StoredRows {
    return new StoredRows(this.store, this.order.subarray(from, to), this.scaling)
  }

  withScaling(scaling: Scaling): StoredRows {
    return new StoredRows(this.store, this.order, scaling)
  }

  load(): Tensor<Uint8Array> {
    const length = this.buffer.length
    const bytes = new Uint8Array(this.rows * length)
    this.order.forEach((row, i) => this.store.read(row, bytes.subarray(i * length, (i + 1) * length)))
    return new Tensor(bytes, this.shape, this.scaling)
  }
}
