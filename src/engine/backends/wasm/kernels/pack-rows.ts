import { f32, f32x4, type Integer, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT, LANES } from './kernel.js'
import { PANEL } from './product-tile.js'

/** Rows of one panel as they lie in memory; distances in floats. */
interface PanelRows {
  readonly count: Integer
  readonly stride: number
  /** Real columns. */
  readonly width: number
  readonly columnStride: number
}

/** Copies rows of a matrix to rows of a panel; what lies behind their last column is left open. `from` and `to` are left pointing behind the last one. */
export function packRows(f: FunctionBuilder, from: Local<'i32'>, to: Local<'i32'>, rows: PanelRows): void {
  const counter = f.i32()
  let packed: Integer = 0
  if (rows.stride === 1 && rows.columnStride !== 1) {
    packed = typeof rows.count === 'number' ? rows.count - (rows.count % LANES) : i32.and(rows.count, -LANES)
    const transpose = transposer(f)
    f.for(counter, 0, packed, LANES, () => {
      transpose(from, to, rows)
      f.increase(from, LANES * FLOAT)
      f.increase(to, LANES * PANEL * FLOAT)
    })
  }
  f.for(counter, packed, rows.count, 1, () => {
    packRow(f, from, to, rows)
    f.increase(from, rows.stride * FLOAT)
    f.increase(to, PANEL * FLOAT)
  })
}

/** Four rows whose columns lie one behind the other: they are read column by column. */
function transposer(f: FunctionBuilder) {
  const columns = Array.from({ length: LANES }, () => f.v128())
  const [low, high] = [f.v128(), f.v128()]
  const [otherLow, otherHigh] = [f.v128(), f.v128()]
  return (from: Local<'i32'>, to: Local<'i32'>, { width, columnStride }: PanelRows) => {
    for (let lane = 0; lane < width; lane += LANES) {
      columns.forEach((column, i) =>
        f.set(column, lane + i < width ? v128.load(from, (lane + i) * columnStride * FLOAT) : 0),
      )
      const [a, b, c, d] = columns as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>]
      f.set(low, f32x4.shuffle(a, b, [0, 4, 1, 5]))
      f.set(high, f32x4.shuffle(a, b, [2, 6, 3, 7]))
      f.set(otherLow, f32x4.shuffle(c, d, [0, 4, 1, 5]))
      f.set(otherHigh, f32x4.shuffle(c, d, [2, 6, 3, 7]))
      const row = (index: number) => (index * PANEL + lane) * FLOAT
      f.storeVector(to, f32x4.shuffle(low, otherLow, [0, 1, 4, 5]), row(0))
      f.storeVector(to, f32x4.shuffle(low, otherLow, [2, 3, 6, 7]), row(1))
      f.storeVector(to, f32x4.shuffle(high, otherHigh, [0, 1, 4, 5]), row(2))
      f.storeVector(to, f32x4.shuffle(high, otherHigh, [2, 3, 6, 7]), row(3))
    }
  }
}

function packRow(
  f: FunctionBuilder,
  from: Local<'i32'>,
  to: Local<'i32'>,
  { width, columnStride }: PanelRows,
): void {
  for (let lane = 0; lane < width; lane += LANES) {
    if (columnStride === 1) f.storeVector(to, v128.load(from, lane * FLOAT), lane * FLOAT)
    else
      for (let i = lane; i < Math.min(width, lane + LANES); i++)
        f.store(to, f32.load(from, i * columnStride * FLOAT), i * FLOAT)
  }
}

/** Panels that are packed together where columns are neighbours: whole lines of the cache. */
export const WIDE_PANELS = 4

/** Copies rows of a matrix to rows of `WIDE_PANELS` panels, which lie `panelPitch` floats apart. */
export function packWideRows(
  f: FunctionBuilder,
  from: Local<'i32'>,
  to: Local<'i32'>,
  { count, stride, panelPitch }: { count: Integer; stride: number; panelPitch: number },
): void {
  f.for(f.i32(), 0, count, 1, () => {
    for (let panel = 0; panel < WIDE_PANELS; panel++)
      for (let lane = 0; lane < PANEL; lane += LANES)
        f.storeVector(
          to,
          v128.load(from, (panel * PANEL + lane) * FLOAT),
          (panel * panelPitch + lane) * FLOAT,
        )
    f.increase(from, stride * FLOAT)
    f.increase(to, PANEL * FLOAT)
  })
}
