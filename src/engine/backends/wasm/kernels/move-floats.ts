import { f32, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT, LANES } from './kernel.js'

/** Up to so many floats are moved by instructions: a bulk operation is a call, which costs as much as these. */
const MOST_INLINE = 256

/** Copies `floats` floats from `fromFloat` floats behind `from` to `toFloat` floats behind `to`. */
export function copyFloats(
  f: FunctionBuilder,
  floats: number,
  [to, toFloat]: readonly [Local<'i32'>, number],
  [from, fromFloat]: readonly [Local<'i32'>, number],
): void {
  if (floats > MOST_INLINE) {
    f.copy(i32.add(to, toFloat * FLOAT), i32.add(from, fromFloat * FLOAT), floats * FLOAT)
    return
  }
  const places = placesOf(floats)
  for (const place of places.vectors)
    f.storeVector(to, v128.load(from, (fromFloat + place) * FLOAT), (toFloat + place) * FLOAT)
  for (const place of places.single)
    f.store(to, f32.load(from, (fromFloat + place) * FLOAT), (toFloat + place) * FLOAT)
}

/** Sets `floats` floats to zero, from `toFloat` floats behind `to`. */
export function clearFloats(
  f: FunctionBuilder,
  floats: number,
  [to, toFloat]: readonly [Local<'i32'>, number],
): void {
  if (floats > MOST_INLINE) {
    f.clear(i32.add(to, toFloat * FLOAT), floats * FLOAT)
    return
  }
  const places = placesOf(floats)
  for (const place of places.vectors) f.storeVector(to, 0, (toFloat + place) * FLOAT)
  for (const place of places.single) f.store(to, f32.const(0), (toFloat + place) * FLOAT)
}

/** Where vectors begin that cover so many floats, the last two of them overlapping; too few for a vector go one by one. */
function placesOf(floats: number): { vectors: number[]; single: number[] } {
  if (floats < LANES) return { vectors: [], single: Array.from({ length: floats }, (_, i) => i) }
  const vectors = Array.from({ length: Math.ceil(floats / LANES) }, (_, i) =>
    Math.min(i * LANES, floats - LANES),
  )
  return { vectors, single: [] }
}
