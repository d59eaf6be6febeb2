import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { OptionError } from '../base/errors.js'
import { loadDataset } from './load-dataset.js'

const shared = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const absent = !existsSync(shared)
if (absent) console.warn(`Skipped: the tests on real data sets, because ${shared} is absent.`)

test('shapes need no files', async () => {
  const { name, train, test } = await loadDataset('shapes', { seed: 3 })
  expect([name, train.x.rows, test.x.rows]).toEqual(['shapes', 4000, 1000])
})

test('a name nobody knows is answered with the nearest one', async () => {
  const failure = loadDataset('cifar-1O')
  await expect(failure).rejects.toThrow('Unknown data set "cifar-1O".\n  Did you mean "cifar10"?')
  await expect(failure).rejects.toBeInstanceOf(OptionError)
  await expect(loadDataset('toString')).rejects.toThrow(
    'Unknown data set "toString".\n  Known: cifar10, mnist, fashion-mnist, shapes, digits.',
  )
})

test.skipIf(absent)(
  'real CIFAR-10, with a folder above it given (skipped where ../shared/data is absent)',
  async () => {
    const { classNames, train, test, notices } = await loadDataset('cifar10', { data: shared })
    expect(train.x.shape).toEqual([50_000, 32, 32, 3])
    expect(test.x.shape).toEqual([1000, 32, 32, 3])
    expect([0, 1, 2].map(row => classNames[train.y.data[row]!])).toEqual(['frog', 'truck', 'truck'])
    expect([...train.x.data.subarray(0, 3)]).toEqual([59, 62, 63])
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/test_batch\.bin holds 1,000 pictures instead of 10,000\. They are used\.$/)
  },
)

test.skipIf(absent)('real MNIST from .gz files (skipped where ../shared/data is absent)', async () => {
  const { train, test, notices } = await loadDataset('mnist', { data: shared })
  expect(train.x.shape).toEqual([60_000, 28, 28, 1])
  expect(test.x.shape).toEqual([10_000, 28, 28, 1])
  expect([...train.y.data.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
  expect(notices).toEqual([])
})
