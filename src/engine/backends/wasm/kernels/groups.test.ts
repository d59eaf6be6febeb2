import { expect, test } from 'vitest'
import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { ModuleBuilder } from '../assembler/module.js'
import { groupStart } from './groups.js'

/** What `groupStart` computes, as unsigned numbers, for every group and the end behind the last. */
function startsOf(count: number, groups: number): number[] {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  const start = module.define(['i32'], 'i32', f =>
    f.return(groupStart(i32.add(f.parameters[0] as Local<'i32'>, 0), count, groups)),
  )
  module.export('start', start)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } })
  const call = exports.start as (group: number) => number
  return Array.from({ length: groups + 1 }, (_, group) => call(group) >>> 0)
}

test.each([
  [7, 3],
  [64, 64],
  [4097, 64],
  [2 ** 26, 64],
  [2 ** 30 - 1, 64],
  [2 ** 30 - 1, 16],
])('%i things in %i groups: none is lost, however many there are', (count, groups) => {
  const exact = Array.from({ length: groups + 1 }, (_, group) =>
    Number((BigInt(group) * BigInt(count)) / BigInt(groups)),
  )
  expect(startsOf(count, groups)).toEqual(exact)
})
