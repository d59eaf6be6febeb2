import { expect, test } from 'vitest'
import { Bytes } from './bytes.js'
import { type Expression, f32, f32x4, i32, i32x4, type ValueType, v128 } from './expressions.js'
import { callExpression, type FunctionBuilder, type Local } from './function.js'
import { ModuleBuilder } from './module.js'

type Exported = (...values: number[]) => number

/** Compiles one function over a page of memory and gives it with that memory. */
function compile(
  parameters: readonly ValueType[],
  result: ValueType | null,
  write: (f: FunctionBuilder) => void,
): { call: Exported; memory: WebAssembly.Memory } {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  module.export('call', module.define(parameters, result, write))
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } })
  return { call: instance.exports.call as Exported, memory }
}

const integers = (f: FunctionBuilder): Local<'i32'>[] => f.parameters as Local<'i32'>[]

test('numbers are encoded as LEB128 of any length', () => {
  expect(new Bytes().unsigned(0).unsigned(127).unsigned(128).unsigned(624485).list).toEqual([
    0, 127, 128, 1, 0xe5, 0x8e, 0x26,
  ])
  expect(new Bytes().signed(-1).signed(63).signed(64).signed(-123456).list).toEqual([
    0x7f, 63, 0xc0, 0, 0xc0, 0xbb, 0x78,
  ])
  expect(new Bytes().signed(-(2 ** 31)).list).toEqual([0x80, 0x80, 0x80, 0x80, 0x78])
})

test('integer arithmetic, comparison and choice', () => {
  const { call } = compile(['i32', 'i32'], 'i32', f => {
    const [a, b] = integers(f)
    f.return(i32.select(i32.sub(a!, b!), i32.mul(i32.div(a!, 3), i32.rem(b!, 5)), i32.gt(a!, b!)))
  })
  expect(call(9, 4)).toBe(5)
  expect(call(9, 13)).toBe(9)
  expect(call(-2, -3)).toBe(1)
})

test('a loop with a known end and one with an unknown end', () => {
  const { call } = compile(['i32'], 'i32', f => {
    const [count] = integers(f)
    const [i, sum] = [f.i32(), f.i32(0)]
    f.for(i, 0, 4, 1, () => f.increase(sum, i))
    f.for(i, 0, count!, 2, () => f.increase(sum, 100))
    f.return(sum)
  })
  expect([0, 1, 2, 3].map(n => call(n))).toEqual([6, 106, 106, 206])
})

test('if and else', () => {
  const { call } = compile(['i32'], 'i32', f => {
    const [x] = integers(f)
    const y = f.i32()
    f.if(
      i32.lt(x!, 0),
      () => f.set(y, -1),
      () => f.set(y, 1),
    )
    f.return(y)
  })
  expect([call(-7), call(0)]).toEqual([-1, 1])
})

test('vectors are loaded, computed and stored, whole or in part', () => {
  const { call, memory } = compile([], null, f => {
    const sum = f.v128(f32x4.madd(v128.load(0), v128.loadSplat(16), f32x4.const(1)))
    f.storeVector(32, sum)
    f.storeLanes(48, sum, 3)
  })
  const floats = new Float32Array(memory.buffer, 0, 16)
  floats.set([1, 2, 3, 4, 10, 0, 0, 0], 0)
  floats[15] = -7
  call()
  expect([...floats.subarray(8)]).toEqual([11, 21, 31, 41, 11, 21, 31, -7])
})

test('lanes of integers, shifts and masks', () => {
  const { call } = compile(['i32'], 'f32', f => {
    const [x] = integers(f)
    const shifted = i32x4.shr(i32x4.shl(i32x4.splat(x!), 4), 8)
    const mask = i32x4.eq(i32x4.lanes([0, 1, -1, 3]), i32x4.splat(-1))
    f.return(f32.lane(v128.and(f32x4.fromI32x4(shifted), mask), 2) as Expression<ValueType>)
  })
  expect(call(0x0fffffff)).toBe(0xfffff0 + 0xf - 0) // the top four bits fell off, the low four made room
})

test('a function calls another', () => {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  const double = module.define(['i32'], 'i32', f => f.return(i32.add(integers(f)[0]!, integers(f)[0]!)))
  const outer = module.define(['i32'], 'i32', f =>
    f.return(i32.add(callExpression<'i32'>(double, [integers(f)[0]!]), 1)),
  )
  module.export('call', outer)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } })
  expect((instance.exports.call as Exported)(20)).toBe(41)
})

test('memory is cleared and copied', () => {
  const { call, memory } = compile([], null, f => {
    f.clear(4, 4)
    f.copy(8, 0, 4)
  })
  const bytes = new Uint8Array(memory.buffer, 0, 12).fill(9)
  call()
  expect([...bytes]).toEqual([9, 9, 9, 9, 0, 0, 0, 0, 9, 9, 9, 9])
})
