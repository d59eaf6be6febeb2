import { expect, test } from 'vitest'
import { networkFromName } from './index.js'
import { remediesFromNames, treatedNetwork } from './remedies.js'

const treatedBy = (model: string, ...remedies: string[]) =>
  treatedNetwork(networkFromName(model), remediesFromNames(remedies), [16, 16, 3], 4)

test('a chain gets the layers of its remedies', () => {
  const count = (...remedies: string[]) =>
    treatedBy('small', ...remedies).calls.filter(call => call.layer.className === 'Dropout').length
  expect([count(), count('dropout')]).toEqual([1, 4])
})

test('a network with branches takes remedies that leave its layers alone, and no others', () => {
  expect(treatedBy('resnet', 'augmentation', 'earlyStopping').outputShape).toEqual([4])
  expect(() => treatedBy('resnet', 'augmentation', 'l2')).toThrow(
    'Remedy "l2" changes a chain of layers, but network "resnet" has branches.\n' +
      '  Leave it out (of "fovea remedies" with --only none,augmentation,earlyStopping), or choose a network without branches, for example tutorial.',
  )
})

test('remedies may be spelled otherwise', () => {
  const names = remediesFromNames(['early-stopping', 'BatchNorm']).map(({ name }) => name)
  expect(names).toEqual(['batchNorm', 'earlyStopping'])
})
