import { describe, expect, test } from 'vitest'
import { conv2d } from './layers/index.js'
import { l1, l1l2, l2 } from './regularizers.js'

test('the regularizers are plain data', () => {
  expect([l1(), l2(), l1l2()]).toEqual([{ l1: 0.01 }, { l2: 0.01 }, { l1: 0.01, l2: 0.01 }])
  expect([l1(0.1), l2(0), l1l2({ l1: 0.5 })]).toEqual([{ l1: 0.1 }, { l2: 0 }, { l1: 0.5, l2: 0.01 }])
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a factor of %d is refused', factor => {
  expect(() => l1(factor)).toThrow(
    `regularizers.l1: factor must be a number of at least 0, but ${factor} came.\n  Usual is 0.0001 to 0.01.`,
  )
  expect(() => l1l2({ l2: factor })).toThrow('regularizers.l1l2: l2 must be')
})

describe('what a layer takes', () => {
  const take = (kernelRegularizer: unknown) =>
    conv2d({ filters: 1, kernelSize: 1, kernelRegularizer: kernelRegularizer as null }).options
      .kernelRegularizer

  test.each([[{ l1: 0.1 }], [{ l2: 0.1 }], [{ l1: 0, l2: 1 }], [null]])('%o', given => {
    expect(take(given)).toEqual(given)
  })

  test.each([[{}], [{ l3: 1 }], [{ l1: -1 }], [{ l1: 1, l2: '1' }], [0.01], ['l2']])('not %o', given => {
    expect(() => take(given)).toThrow(
      'Conv2D: kernelRegularizer must be { l1: factor }, { l2: factor } or both, with factors of 0 or more, or null, but',
    )
  })
})

test('l1l2 takes an object, not a number that it would pass over', () => {
  expect(() => l1l2(0.1 as never)).toThrow(
    'regularizers.l1l2: the options must be an object, but 0.1 came.\n  Known: l1, l2.',
  )
})
