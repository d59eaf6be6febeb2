import type { Epilogue } from '../../../ops/attributes.js'
import { type Expression, f32x4, type Integer, i32, type Vector, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { activated } from './activation.js'
import { type Emission, FLOAT, LANES } from './kernel.js'
import { PANEL, type ProductTile } from './product-tile.js'

/** What is done to a product before it is stored for good. `throughRelu`: 0 where the input 2 is, which lies as the output does. */
export type Finish = Epilogue | 'throughRelu'

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
  finish: Finish | undefined,
): void {
  storeTile(emission, tile, rows, output)
  if (finish) finishStored(emission, tile, rows, output, finish)
}

/** Stores sums that may be taken up again. */
export function storeTile({ f }: Emission, tile: ProductTile, rows: number, output: TileOutput): void {
  tile.each(rows, vectorsOf(output), (sum, i, j) => storeSum(f, output, sum, i, j))
}

/** Takes a stored tile up again and stores what is made of it. */
export function finishStored(
  emission: Emission,
  tile: ProductTile,
  rows: number,
  output: TileOutput,
  finish: Finish,
): void {
  const { f } = emission
  const { address, rowBytes, bias } = output
  const value = f.v128()
  tile.each(rows, vectorsOf(output), (_, i, j) => {
    const offset = i * rowBytes + j * LANES * FLOAT
    f.set(value, v128.load(address, offset))
    if (finish === 'throughRelu') passRelu(emission, value, address, offset)
    else finishVector(emission, finish, value, v128.load(bias, j * LANES * FLOAT))
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

/** Adds the bias and applies the activation. */
export function finishVector(
  emission: Emission,
  { bias: biased, activation }: Epilogue,
  value: Local<'v128'>,
  bias: Expression<'v128'>,
): void {
  const { f } = emission
  if (biased) f.set(value, f32x4.add(value, bias))
  f.set(value, activated(emission, activation, value))
}

/** Lets the gradient that belongs at `address` of the output through the relu which made input 2. */
export function passRelu({ f, at }: Emission, value: Local<'v128'>, address: Integer, offset: number): void {
  const made = i32.add(address, at.inputs[2]! - at.output)
  f.set(value, passed(value, v128.load(made, offset)))
}

/** A gradient behind the relu that made `x`. */
export const passed = (dx: Vector, x: Vector): Expression<'v128'> => v128.and(dx, f32x4.gt(x, 0))

/** Panels that `columns` columns fill: whole ones, and the columns of the one that is not full. */
export const panelsOf = (columns: number) => ({
  full: Math.floor(columns / PANEL),
  rest: columns % PANEL,
  all: Math.ceil(columns / PANEL),
})
