import type { PoolKind } from '../../../ops/attributes.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { FLOAT, LANES } from './kernel.js'

export type Picture = readonly [images: number, height: number, width: number, channels: number]

/** Calls `body` for every four channels: `c` in bytes. */
export function eachFour(
  f: FunctionBuilder,
  channels: number,
  body: (c: Local<'i32'>, lanes: number) => void,
): void {
  const c = f.i32()
  const rest = channels % LANES
  f.for(c, 0, (channels - rest) * FLOAT, LANES * FLOAT, () => body(c, LANES))
  if (rest === 0) return
  f.set(c, (channels - rest) * FLOAT)
  body(c, rest)
}

/** What an empty window holds. */
export const EMPTY: Record<PoolKind, number> = {
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
  average: 0,
}
