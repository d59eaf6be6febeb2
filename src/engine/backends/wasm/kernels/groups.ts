import { type Expression, type Integer, i32 } from '../assembler/expressions.js'

/**
 * Where group `group` begins when `count` things are cut into `groups`: ⌊group · count / groups⌋. The product itself
 * would not fit 32 bits where there are many things.
 */
export const groupStart = (group: Integer, count: number, groups: number): Expression<'i32'> =>
  i32.add(i32.mul(group, Math.floor(count / groups)), i32.div(i32.mul(group, count % groups), groups))
