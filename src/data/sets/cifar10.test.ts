import { expect, test } from 'vitest'
import { FileError } from '../../base/errors.js'
import { readCifar10 } from './cifar10.js'
import { memorySource } from './sources.fixture.js'

/** Records whose red, green and blue planes count up from the label, from 100 and from 200. */
function records(...labels: number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * 3073)
  labels.forEach((label, i) => {
    bytes[i * 3073] = label
    for (let pixel = 0; pixel < 1024; pixel++)
      for (const [channel, start] of [label, 100, 200].entries())
        bytes[i * 3073 + 1 + channel * 1024 + pixel] = start + (pixel % 50)
  })
  return bytes
}

const names = new TextEncoder().encode('aeroplane\ncar\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\nlorry\n\n')

const files = (changes: Readonly<Record<string, Uint8Array>> = {}) => ({
  'data_batch_1.bin': records(3, 9),
  'data_batch_2.bin': records(1),
  'data_batch_3.bin': records(2),
  'data_batch_4.bin': records(4),
  'data_batch_5.bin': records(5),
  'test_batch.bin': records(0, 7, 8),
  'batches.meta.txt': names,
  ...changes,
})

const without = (name: string) => Object.fromEntries(Object.entries(files()).filter(([key]) => key !== name))

test('planes become pixels, files follow each other, bytes stand for -0.5 … 0.5', async () => {
  const { train, test } = await readCifar10(memorySource(files()))
  expect(train.x.shape).toEqual([6, 32, 32, 3])
  expect([...train.y.data]).toEqual([3, 9, 1, 2, 4, 5])
  expect([...train.x.slice(1, 2).data.subarray(0, 9)]).toEqual([9, 100, 200, 10, 101, 201, 11, 102, 202])
  expect(train.x.scaling).toEqual({ scale: 1 / 255, offset: -0.5 })
  expect(test.x.shape).toEqual([3, 32, 32, 3])
  expect([...test.y.data]).toEqual([0, 7, 8])
})

test('class names come from the folder, or are the official ones with a notice', async () => {
  expect((await readCifar10(memorySource(files()))).classNames[9]).toBe('lorry')
  const { classNames, notices } = await readCifar10(memorySource(without('batches.meta.txt')))
  expect(classNames[9]).toBe('truck')
  expect(notices.at(-1)).toBe('box has no batches.meta.txt: the official class names are used.')
})

test('fewer records than usual are used, and it is said file by file', async () => {
  const { notices } = await readCifar10(memorySource(files()))
  expect(notices).toHaveLength(6)
  expect(notices[5]).toBe('box/test_batch.bin holds 3 pictures instead of 10,000. They are used.')
})

test.each([
  [
    'a missing test file',
    without('test_batch.bin'),
    'box holds no test_batch.bin. CIFAR-10 is data_batch_1.bin … data_batch_5.bin and test_batch.bin.',
  ],
  ['a missing training file', without('data_batch_3.bin'), 'box holds no data_batch_3.bin.'],
  [
    'a file that was cut off',
    files({ 'data_batch_2.bin': records(1).subarray(0, 3000) }),
    'box/data_batch_2.bin: 3,000 bytes are no whole number of CIFAR-10 records (3,073 bytes each, 30,730,000 in a',
  ],
  [
    'an empty file',
    files({ 'test_batch.bin': new Uint8Array(0) }),
    'box/test_batch.bin: 0 bytes are no whole number',
  ],
  [
    'a label over 9',
    files({ 'data_batch_1.bin': records(0, 77) }),
    'box/data_batch_1.bin: record 1 (byte 3,073) has label 77, but CIFAR-10 has the labels 0 … 9.',
  ],
  [
    'the Python version',
    { data_batch_1: Uint8Array.of(0x80) },
    'box holds the Python version of CIFAR-10; data_batch_1.bin of the binary version was expected.',
  ],
  [
    'too few class names',
    files({ 'batches.meta.txt': names.subarray(0, 10) }),
    'box/batches.meta.txt: 1 class names were found, but CIFAR-10 has 10.',
  ],
])('%s is refused, with a word on how to mend it', async (_, held, message) => {
  const error = await readCifar10(memorySource(held)).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FileError)
  expect((error as FileError).message).toContain(message)
  expect((error as FileError).advice).toMatch(/cifar-10-binary\.tar\.gz/)
})
