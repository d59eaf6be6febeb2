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
  output: TileOutput,
  epilogue: Epilogue | undefined,
): void {
  storeTile(emission, tile, rows, output)
  if (epilogue) applyEpilogue(emission, tile, rows, output, epilogue)
}

/** Stores sums that may be taken up again. */
export function storeTile({ f }: Emission, tile: ProductTile, rows: number, output: TileOutput): void {
  tile.each(rows, vectorsOf(output), (sum, i, j) => storeSum(f, output, sum, i, j))
}

/** Adds the bias to a stored tile and applies the activation. */
export function applyEpilogue(
  emission: Emission,
  tile: ProductTile,
  rows: number,
  output: TileOutput,
  { bias, activation }: Epilogue,
): void {
  const { f } = emission
  const value = f.v128()
  tile.each(rows, vectorsOf(output), (_, i, j) => {
    f.set(value, v128.load(output.address, i * output.rowBytes + j * LANES * FLOAT))
    if (bias) f.set(value, f32x4.add(value, v128.load(output.bias, j * LANES * FLOAT)))
    f.set(value, activated(emission, activation, value))
    storeSum(f, output, value, i, j)
  })
}

const vectorsOf = ({ columns }: TileOutput): number => Math.ceil(columns / LANES)

function storeSum(
  f: Emission['f'],
  { address, rowBytes, columns }: TileOutput,
  value: Local<'v128'>,
  i: number,
  j: number,
): void {
  f.storeLanes(address, value, Math.min(LANES, columns - j * LANES), i * rowBytes + j * LANES * FLOAT)
}

/** Panels that `columns` columns fill: whole ones, and the columns of the one that is not full. */
export const panelsOf = (columns: number) => ({
  full: Math.floor(columns / PANEL),
  rest: columns % PANEL,
  all: Math.ceil(columns / PANEL),
})
