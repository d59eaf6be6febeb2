import { expect, test } from 'vitest'
import { dense, flatten } from '../../nn/layers/index.js'
import { Sequential } from '../sequential.js'
import { sgd } from './sgd.js'
import { matches, type WeightGroup } from './weight-groups.js'

test('patterns fit whole names', () => {
  expect(matches('*/beta', 'batch_normalization_3/beta')).toBe(true)
  expect(matches('*/beta', 'batch_normalization_3/beta2')).toBe(false)
  expect(matches('conv2d_?/kernel', 'conv2d_3/kernel')).toBe(true)
  expect(matches('conv2d_?/kernel', 'conv2d/kernel')).toBe(false)
  expect(matches(['x', 'a.c'], 'abc')).toBe(false)
  expect(matches(['x', 'a.c'], 'a.c')).toBe(true)
})

const refusalOf = (groups: unknown): string => {
  try {
    sgd({ groups: groups as WeightGroup[] })
  } catch (error) {
    return (error as Error).message
  }
  return 'none'
}

test('say what is wrong with a group', () => {
  expect(refusalOf({ weights: '*' })).toBe(
    'sgd: groups must be a list, but {"weights":"*"} came.\n' +
      "  Write groups: [{ weights: '*/beta', learningRateFactor: 64 }].",
  )
  expect(refusalOf(['*'])).toBe('sgd: groups[0] must be an object, but "*" came.')
  expect(refusalOf([{ weights: '*' }, { weights: '*', rate: 2 }])).toMatch(
    /^sgd: groups\[1\]: unknown option "rate"\./,
  )
  expect(refusalOf([{ learningRateFactor: 2 }])).toBe(
    'sgd: groups[0]: weights must be a name, or a list of names, but undefined came.\n' +
      "  For example '*/bias', or ['conv2d/kernel', 'conv2d_1/kernel'].",
  )
  expect(refusalOf([{ weights: [] }])).toContain('weights must be a name, or a list of names, but [] came.')
  expect(refusalOf([{ weights: '*', learningRateFactor: -1 }])).toBe(
    'sgd: groups[0]: learningRateFactor must be a finite number of at least 0, but -1 came.',
  )
  expect(refusalOf([{ weights: '*', weightDecay: 'much' }])).toBe(
    'sgd: groups[0]: weightDecay must be a finite number of at least 0, but "much" came.',
  )
})

const compiledWith = (groups: readonly WeightGroup[], layers = 1): string => {
  const hidden = Array.from({ length: layers }, () => dense({ units: 2 }))
  const model = new Sequential([flatten({ inputShape: [2, 2, 1] }), ...hidden])
  try {
    model.compile({ loss: 'meanSquaredError', optimizer: sgd({ groups }) })
  } catch (error) {
    return (error as Error).message
  }
  return 'none'
}

test('a group without a member is refused when the model is compiled', () => {
  expect(compiledWith([{ weights: '*/bias', learningRateFactor: 2 }])).toBe('none')
  expect(compiledWith([{ weights: '*/beta', learningRateFactor: 2 }])).toBe(
    'sgd: groups[0] ("*/beta") names no weight of the network that is trained.\n' +
      '  There are dense/kernel, dense/bias.',
  )
  expect(compiledWith([{ weights: ['x', 'y'] }], 10)).toMatch(
    /^sgd: groups\[0\] \("x", "y"\) names no weight .*\n {2}There are dense\/kernel, .* dense_7\/bias and 4 more\.$/,
  )
  expect(compiledWith([{ weights: 'dense/*' }, { weights: '*/bias' }])).toBe(
    'sgd: groups[1] ("*/bias") has no weight left: those it names belong to groups before it.\n' +
      '  Of several groups the first that names a weight counts: put this one before them.',
  )
})
