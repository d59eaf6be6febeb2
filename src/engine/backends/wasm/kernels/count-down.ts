import { type Integer, i32 } from '../assembler/expressions.js'
import type { FunctionBuilder } from '../assembler/function.js'

/**
 * Runs the body `count` times, not at all where that is not positive. Where the body calls `apart` (not from within an `if` or
 * another loop) stands a branch that is never taken. Older V8s load everything in a stretch of code before they add
 * anything, and run out of registers; a branch ends the stretch. Each asks something else: what was asked before, the
 * compiler knows.
 */
export function countDown(f: FunctionBuilder, count: Integer, body: (apart: () => void) => void): void {
  const left = f.i32(count)
  f.if(i32.gt(left, 0), () =>
    f.repeatUntil(leaveIf => {
      let asked = 0
      body(() => leaveIf(i32.lt(left, 0 - asked++)))
      f.increase(left, -1)
      return i32.ne(left, 0)
    }),
  )
}
