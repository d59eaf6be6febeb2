import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classDifference, unpaired } from './class-difference.js'

test('says which names only one side has, in their order', () => {
  const difference = classDifference(['cat', 'dog', 'frog'], ['bird', 'cat', 'zebra'])
  expect(difference).toEqual({ strangers: ['bird', 'zebra'], missing: ['dog', 'frog'], pairs: [] })
  expect(unpaired(difference)).toEqual({ strangers: ['bird', 'zebra'], missing: ['dog', 'frog'] })
})

test.each([
  ['left', 'Left'],
  ['fire truck', 'Fire_Truck'],
  ['cat', 'cats'],
  ['frog', 'forg'],
  ['airplane', 'airplain'],
  ['dog 1', 'dog_01'],
  ['Straße', 'strase'],
  ['кошка', 'Кошки'],
])('%s and %s are one class', (known, given) => {
  expect(classDifference([known, 'zebra'], [given, 'snake'])).toEqual({
    strangers: [given, 'snake'],
    missing: [known, 'zebra'],
    pairs: [{ stranger: given, missing: known }],
  })
})

test.each([
  ['cat', 'cow'],
  ['healthy', 'unhealthy'],
  ['male', 'female'],
  ['dog 1', 'dog 2'],
  ['10', '11'],
  ['A', 'B'],
  ['CA', 'CO'],
  ['猫', '犬'],
  ['🐱', '🐶'],
])('%s and %s are two', (known, given) => {
  expect(classDifference([known], [given]).pairs).toEqual([])
})

test('a name has one counterpart, the one most like it', () => {
  const difference = classDifference(['cat', 'cart'], ['cats', 'Cat', 'snake'])
  expect(difference.pairs).toEqual([{ stranger: 'Cat', missing: 'cat' }])
  expect(unpaired(difference)).toEqual({ strangers: ['cats', 'snake'], missing: ['cart'] })
})

test('every name is in both, a stranger or missing; counterparts are of these, each once', () => {
  const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abcAB12 é'), maxLength: 6 }))
  fc.assert(
    fc.property(names, names, (known, given) => {
      const difference = classDifference(known, given)
      const { strangers, missing, pairs } = difference
      const both = given.filter(name => known.includes(name))
      expect([...both, ...strangers].sort()).toEqual([...given].sort())
      expect([...both, ...missing].sort()).toEqual([...known].sort())
      const rest = unpaired(difference)
      expect([...rest.strangers, ...pairs.map(pair => pair.stranger)].sort()).toEqual([...strangers].sort())
      expect([...rest.missing, ...pairs.map(pair => pair.missing)].sort()).toEqual([...missing].sort())
    }),
  )
})
