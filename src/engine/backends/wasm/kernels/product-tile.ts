import { type Integer, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT, LANES } from './kernel.js'

export const PANEL_VECTORS = 2
/** Columns that are multiplied together: a panel of packed weights is this wide. */
export const PANEL = PANEL_VECTORS * LANES
/** What a count of rows should be a multiple of, where it can be chosen: both heights of a tile divide it. */
export const ROWS = 12

const MAX_ROWS = 8

/**
 * The innermost computation of everything that multiplies: a tile of `rows` × `vectors` sums held in registers.
 *
 *     sums[i][j] += a[i] · b[j]      for each of `count` steps
 *
 * where `a[i]` is one float, `rowBytes` apart from row to row and `aStep` bytes further with each step, and `b` is
 * `vectors` vectors, `bStep` bytes further with each step.
 *
 * There are 16 vector registers, one of which the runtime keeps. Fused, 6 × 2 sums, two vectors and a broadcast fill
 * them; with a product to be rounded in between, 4 × 2 sums are what fits.
 */
export class ProductTile {
  private readonly sums: Local<'v128'>[][]
  private readonly b: Local<'v128'>[]
  private readonly broadcast: Local<'v128'>
  private readonly left: Local<'i32'>

  constructor(private readonly f: FunctionBuilder) {
    this.sums = Array.from({ length: MAX_ROWS }, () => Array.from({ length: PANEL_VECTORS }, () => f.v128()))
    this.b = Array.from({ length: PANEL_VECTORS }, () => f.v128())
    this.broadcast = f.v128()
    this.left = f.i32()
  }

  /** Rows of the largest tile. An addition waits four cycles for the one before: fewer than 8 sums leave the adders idle. */
  maxRows(vectors: number): number {
    if (vectors === 1) return MAX_ROWS
    return this.f.fused ? 6 : 4
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
  multiply(options: ProductSteps): void {
    const f = this.f
    const left = this.left
    f.set(left, options.count)
    f.repeatUntil(leaveIf => {
      this.step(options, leaveIf)
      if (!f.fused) {
        // Two steps a turn are a tenth faster where a product takes two instructions.
        leaveIf(i32.eqz(left))
        this.step(options, leaveIf)
      }
      return i32.ne(left, 0)
    })
  }

  private step(
    { rows, vectors, a, rowBytes, aStep, b, bStep }: ProductSteps,
    leaveIf: (condition: Integer) => void,
  ): void {
    const f = this.f
    const left = this.left
    for (let j = 0; j < vectors; j++) f.set(this.b[j]!, v128.load(b, j * LANES * FLOAT))
    for (let i = 0; i < rows; i++) {
      // Never true, but no compiler knows: older ones load all of `a` ahead of the sums unless a branch parts them,
      // and run out of registers.
      if (i > 0 && rows > 4 && (f.fused || i === 4)) leaveIf(i32.lt(left, 0))
      f.set(this.broadcast, v128.loadSplat(a, i * rowBytes))
      for (let j = 0; j < vectors; j++) {
        const sum = this.sums[i]![j]!
        f.set(sum, f.madd(this.broadcast, this.b[j]!, sum))
      }
    }
    f.increase(a, aStep)
    f.increase(b, bStep)
    f.increase(left, -1)
  }
}

export interface ProductSteps {
  readonly rows: number
  readonly vectors: number
  readonly a: Local<'i32'>
  readonly rowBytes: number
  readonly aStep: number
  readonly b: Local<'i32'>
  readonly bStep: number
  readonly count: Integer
}
