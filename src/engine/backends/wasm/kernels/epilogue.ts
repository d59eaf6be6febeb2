import type { Epilogue } from '../../../ops/attributes.js'
import { f32x4, type Integer, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { activated } from './activation.js'
import { type Emission, FLOAT, LANES } from './kernel.js'
import { PANEL, type ProductTile } from './product-tile.js'

/** Where a finished tile goes, and what happens to it on the way. */
export interface TileOutput {
  /** Address of the tile's first number. */
  readonly address: Integer
  readonly rowBytes: number
  /** Real columns of this panel: PANEL, or fewer in the last one. */
  readonly columns: number
  /** Address of the panel's first bias. */
  readonly bias: Integer
}

/**
 * Stores a finished tile of `rows` rows; then takes it up again, adds the bias and applies the activation. Done to the sums
 * themselves, it would cost the product loop before it a register, and with it a third of its speed.
 */
export function finishTile(
  emission: Emission,
  tile: ProductTile,
  rows: number,
  { address, rowBytes, columns, bias }: TileOutput,
  epilogue: Epilogue | undefined,
): void {
  const { f } = emission
  const vectors = Math.ceil(columns / LANES)
  const store = (value: Local<'v128'>, i: number, j: number) =>
    f.storeLanes(address, value, Math.min(LANES, columns - j * LANES), i * rowBytes + j * LANES * FLOAT)
  tile.each(rows, vectors, store)
  if (!epilogue) return
  const value = f.v128()
  tile.each(rows, vectors, (_, i, j) => {
    f.set(value, v128.load(address, i * rowBytes + j * LANES * FLOAT))
    if (epilogue.bias) f.set(value, f32x4.add(value, v128.load(bias, j * LANES * FLOAT)))
    f.set(value, activated(emission, epilogue.activation, value))
    store(value, i, j)
  })
}

/** Panels that `columns` columns fill: whole ones, and the columns of the one that is not full. */
export const panelsOf = (columns: number) => ({
  full: Math.floor(columns / PANEL),
  rest: columns % PANEL,
  all: Math.ceil(columns / PANEL),
})
