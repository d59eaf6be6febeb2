import { expect, test } from 'vitest'
import { Allowance } from './allowance.js'

test('gives out what there is, refuses what is more, and takes each part back once', () => {
  const allowance = new Allowance(10, () => new Error('busy'))
  const giveBack = allowance.take(7)
  expect(() => allowance.take(4)).toThrow('busy')
  allowance.take(3)
  expect(allowance.inUse).toBe(10)
  giveBack()
  giveBack()
  expect(allowance.inUse).toBe(3)
})
