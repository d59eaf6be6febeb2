import { expect, test } from 'vitest'
import { f32, f32x4 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { ModuleBuilder } from '../assembler/module.js'
import { VectorMath } from './math.js'

type Name = 'exp' | 'log' | 'tanh' | 'sigmoid' | 'cosineOfTurns'

function compile(name: Name): (x: number) => number {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 })
  const math = new VectorMath(module)
  const scalar = module.define(['f32'], 'f32', f =>
    f.return(f32.lane(math[name](f32x4.splat(f.parameters[0] as Local<'f32'>)), 3)),
  )
  module.export('f', scalar)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } })
  return instance.exports.f as (x: number) => number
}

/** The largest relative error over evenly spaced float32 arguments. */
function worst(name: Name, truth: (x: number) => number, from: number, to: number): number {
  const f = compile(name)
  let largest = 0
  for (let i = 0; i <= 20000; i++) {
    const x = Math.fround(from + ((to - from) * i) / 20000)
    const expected = truth(x)
    largest = Math.max(largest, Math.abs(f(x) - expected) / (Math.abs(expected) || 1))
  }
  return largest
}

const unit = 2 ** -24

test('exp is right to 2 units from where it vanishes to where it overflows', () => {
  expect(worst('exp', Math.exp, -86.9, 88.7)).toBeLessThan(4 * unit)
  const exp = compile('exp')
  expect([exp(-200), exp(-Infinity), exp(89), exp(Infinity), exp(0)]).toEqual([0, 0, Infinity, Infinity, 1])
  expect(exp(Number.NaN)).toBeNaN()
})

test('log is right to 2 units', () => {
  expect(worst('log', Math.log, 1e-7, 0.9)).toBeLessThan(4 * unit)
  expect(worst('log', Math.log, 1.1, 1e6)).toBeLessThan(4 * unit)
  expect(compile('log')(1)).toBe(0)
})

test('tanh is right to 4 units, odd, and flat far out', () => {
  expect(worst('tanh', Math.tanh, -4, 4)).toBeLessThan(8 * unit)
  const tanh = compile('tanh')
  expect([tanh(50), tanh(-50), tanh(0)]).toEqual([1, -1, 0])
  expect(tanh(Number.NaN)).toBeNaN()
})

test('sigmoid is right to 4 units, and 0 and 1 far out', () => {
  expect(worst('sigmoid', x => 1 / (1 + Math.exp(-x)), -80, 30)).toBeLessThan(8 * unit)
  expect([compile('sigmoid')(-200), compile('sigmoid')(200)]).toEqual([0, 1])
})

test('the cosine of turns is right to 4 units of 1, and exact where it is 0', () => {
  const f = compile('cosineOfTurns')
  for (let i = 0; i <= 4096; i++)
    expect(Math.abs(f(i / 4096) - Math.cos((2 * Math.PI * i) / 4096))).toBeLessThan(4 * unit)
  expect([f(0.25), f(0.75)].map(Math.abs)).toEqual([0, 0])
})
