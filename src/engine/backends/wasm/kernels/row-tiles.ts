import { type Integer, i32 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'

/**
 * Cuts `count` rows into tiles of at most `most`. What is left over shares with the last full tile, so that no tile is
 * so low that its sums wait for each other: 14 rows are 6 + 4 + 4, not 6 + 6 + 2.
 */
export function tileHeights(count: number, most: number): number[] {
  const rest = count % most
  const full = Math.floor(count / most)
  if (rest === 0) return new Array(full).fill(most)
  if (full === 0 || rest >= 4) return [...new Array(full).fill(most), rest]
  const shared = most + rest
  return [...new Array(full - 1).fill(most), Math.ceil(shared / 2), Math.floor(shared / 2)]
}

/** Calls `emit` for tiles of `most` rows and for the lower ones behind them; `position` is a tile's first row. */
export function rowTiles(
  f: FunctionBuilder,
  position: Local<'i32'>,
  count: number,
  most: number,
  emit: (rows: number) => void,
): void {
  const heights = tileHeights(count, most)
  const full = heights.filter(height => height === most).length
  f.for(position, 0, full * most, most, () => emit(most))
  let reached = full * most
  for (const height of heights.slice(full)) {
    f.set(position, reached)
    emit(height)
    reached += height
  }
}

/** The same for an even count that is known only when it runs. */
export function evenRowTiles(
  f: FunctionBuilder,
  position: Local<'i32'>,
  count: Integer,
  most: number,
  emit: (rows: number) => void,
): void {
  if (typeof count === 'number') {
    rowTiles(f, position, count, most, emit)
    return
  }
  f.set(position, 0)
  const fits = (rows: number) => i32.le(i32.add(position, rows), count)
  f.while(fits(most), () => {
    emit(most)
    f.increase(position, most)
  })
  for (let rows = most - 2; rows > 0; rows -= 2)
    f.if(fits(rows), () => {
      emit(rows)
      f.increase(position, rows)
    })
}

/** Blocks of `step` cells one behind the other, the last one narrower where it must be. */
export function inBlocks(
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
