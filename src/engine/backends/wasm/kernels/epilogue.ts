import type { Epilogue } from '../../../ops/attributes.js'
import { f32x4, type Integer, v128 } from '../assembler/expressions.js'
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

/** Adds the bias, applies the activation, and stores a finished tile of `rows` rows. */
export function finishTile(
  emission: Emission,
  tile: ProductTile,
  rows: number,
  { address, rowBytes, columns, bias }: TileOutput,
  epilogue: Epilogue | undefined,
): void {
  const { f } = emission
  const vectors = Math.ceil(columns / LANES)
  tile.each(rows, vectors, (sum, i, j) => {
    if (epilogue?.bias) f.set(sum, f32x4.add(sum, v128.load(bias, j * LANES * FLOAT)))
    if (epilogue) f.set(sum, activated(emission, epilogue.activation, sum))
    f.storeLanes(address, sum, Math.min(LANES, columns - j * LANES), i * rowBytes + j * LANES * FLOAT)
  })
}

/** Panels that `columns` columns fill: whole ones, and the columns of the one that is not full. */
export const panelsOf = (columns: number) => ({
  full: Math.floor(columns / PANEL),
  rest: columns % PANEL,
  all: Math.ceil(columns / PANEL),
})
