import { type Integer, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT, LANES } from './kernel.js'

/** Rows and vectors of the largest tile: 8 sums, 2 vectors and a broadcast fit the 16 vector registers there are. */
export const TILE_ROWS = 4
export const PANEL_VECTORS = 2
/** Columns that are multiplied together: a panel of packed weights is this wide. */
export const PANEL = PANEL_VECTORS * LANES

/**
 * The innermost computation of everything that multiplies: a tile of `rows` × `vectors` sums held in registers.
 *
 *     sums[i][j] += a[i] · b[j]      for each of `count` steps
 *
 * where `a[i]` is one float, `rowBytes` apart from row to row and `aStep` bytes further with each step, and `b` is
 * `vectors` vectors, `bStep` bytes further with each step.
 */
export class ProductTile {
  private readonly sums: Local<'v128'>[][]
  private readonly b: Local<'v128'>[]
  private readonly broadcast: Local<'v128'>
  private readonly left: Local<'i32'>

  constructor(private readonly f: FunctionBuilder) {
    this.sums = Array.from({ length: TILE_ROWS }, () => Array.from({ length: PANEL_VECTORS }, () => f.v128()))
    this.b = Array.from({ length: PANEL_VECTORS }, () => f.v128())
    this.broadcast = f.v128()
    this.left = f.i32()
  }

  clear(rows: number, vectors: number): void {
    this.each(rows, vectors, sum => this.f.set(sum, 0))
  }

  /** Takes up sums that were stored with `store`. */
  load(rows: number, vectors: number, address: Integer, rowBytes: number): void {
    this.each(rows, vectors, (sum, i, j) =>
      this.f.set(sum, v128.load(address, i * rowBytes + j * LANES * FLOAT)),
    )
  }

  store(rows: number, vectors: number, address: Integer, rowBytes: number): void {
    this.each(rows, vectors, (sum, i, j) =>
      this.f.storeVector(address, sum, i * rowBytes + j * LANES * FLOAT),
    )
  }

  /** Calls `visit` for each sum of the tile: `i` its row, `j` its vector. */
  each(rows: number, vectors: number, visit: (sum: Local<'v128'>, i: number, j: number) => void): void {
    for (let i = 0; i < rows; i++) for (let j = 0; j < vectors; j++) visit(this.sums[i]![j]!, i, j)
  }

  /** Adds `count` steps; `a` and `b` are left pointing behind the last one. */
  multiply(options: {
    rows: number
    vectors: number
    a: Local<'i32'>
    rowBytes: number
    aStep: number
    b: Local<'i32'>
    bStep: number
    count: Integer
  }): void {
    const { rows, vectors, a, rowBytes, aStep, b, bStep, count } = options
    const f = this.f
    f.set(this.left, count)
    f.repeat(() => {
      for (let j = 0; j < vectors; j++) f.set(this.b[j]!, v128.load(b, j * LANES * FLOAT))
      for (let i = 0; i < rows; i++) {
        f.set(this.broadcast, v128.loadSplat(a, i * rowBytes))
        for (let j = 0; j < vectors; j++) {
          const sum = this.sums[i]![j]!
          f.set(sum, f.madd(this.broadcast, this.b[j]!, sum))
        }
      }
      f.increase(a, aStep)
      f.increase(b, bStep)
      f.increase(this.left, -1)
      return i32.ne(this.left, 0)
    })
  }
}

/** Calls `emit` for the full tiles and for the narrower one that is left over: `count` cells, at most `step` at once. */
export function tiled(
  f: FunctionBuilder,
  position: Local<'i32'>,
  count: number,
  step: number,
  emit: (width: number) => void,
): void {
  const full = count - (count % step)
  f.for(position, 0, full, step, () => emit(step))
  if (full < count) {
    f.set(position, full)
    emit(count - full)
  }
}
