import { describe, expect, test } from 'vitest'
import { usePlatform } from '../../../../base/platform.js'
import { nodePlatform } from '../../../../node/platform.js'
import { activationDerivative, activationValue } from '../../../ops/activation.js'
import { type Expression, f32, f32x4 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { ModuleBuilder } from '../assembler/module.js'
import { fusesProducts } from '../features.js'
import { geluSlope, normalBelow } from './normal-curve.js'

usePlatform(nodePlatform)

type Formula = (f: FunctionBuilder, x: Local<'v128'>) => Expression<'v128'>

function compile(formula: Formula, fused: boolean): (x: number) => number {
  const module = new ModuleBuilder({ shared: false, initial: 1, maximum: 1 }, { fused })
  const scalar = module.define(['f32'], 'f32', f =>
    f.return(f32.lane(formula(f, f.v128(f32x4.splat(f.parameters[0] as Local<'f32'>))), 2)),
  )
  module.export('f', scalar)
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { env: { memory } })
  return instance.exports.f as (x: number) => number
}

const gelu = { kind: 'gelu', alpha: 0 } as const

function largestError(f: (x: number) => number, truth: (x: number) => number): number {
  let largest = 0
  for (let i = -8000; i <= 8000; i++) {
    const x = Math.fround((i + 0.5) / 1000)
    largest = Math.max(largest, Math.abs(f(x) - truth(x)))
  }
  return largest
}

describe.each([...new Set([false, fusesProducts()])])('products fused with sums: %s', fused => {
  const below = compile(normalBelow, fused)
  const slope = compile(geluSlope, fused)

  test('the share below x is right to 2.1e-7', () => {
    expect(largestError(below, x => activationValue(gelu, x) / x)).toBeLessThan(2.1e-7)
  })

  test('far out the share is 0 or 1', () => {
    expect([-5.5, -100, -Infinity, 0, 5.5, 1e30, Infinity].map(below)).toEqual([0, 0, 0, 0.5, 1, 1, 1])
  })

  test('the slope of gelu is right to 3e-7', () => {
    expect(largestError(slope, x => activationDerivative(gelu, x))).toBeLessThan(3e-7)
  })

  test('a NaN stays', () => {
    expect([below(Number.NaN), slope(Number.NaN)]).toEqual([Number.NaN, Number.NaN])
  })
})
