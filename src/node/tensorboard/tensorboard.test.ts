import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32c, maskedCrc32c } from './crc32c.js'
import { restartEvent, summaryEvent, versionEvent } from './event.js'
import { record } from './event-file.js'
import { histogramOf } from './histogram.js'
import { joined, varint } from './protobuf.js'
import { readEvents } from './read-events.fixture.js'

test('CRC-32C has the published values (RFC 3720, B.4)', () => {
  const bytes = (make: (i: number) => number) => Uint8Array.from({ length: 32 }, (_, i) => make(i))
  expect(crc32c(bytes(() => 0))).toBe(0x8a9136aa)
  expect(crc32c(bytes(() => 255))).toBe(0x62a8ab43)
  expect(crc32c(bytes(i => i))).toBe(0x46dd794e)
  expect(crc32c(bytes(i => 31 - i))).toBe(0x113fdb5c)
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  expect(maskedCrc32c(new Uint8Array(0))).toBe(0xa282ead8)
})

test('whole numbers take seven bits a byte, as in the examples of Protocol Buffers', () => {
  expect([...varint(150)]).toEqual([0x96, 0x01])
  expect([...varint(0)]).toEqual([0])
  expect([...varint(2 ** 40)]).toEqual([128, 128, 128, 128, 128, 32])
})

test('the first record of a file is the one that TensorFlow writes for the same time', () => {
  // 24 bytes: field 1 as a double, field 3 "brain.Event:2".
  const first = record(versionEvent(1))
  expect(Buffer.from(first).toString('hex')).toBe(
    `${'1800000000000000'}${'a37f4b22'}${'09000000000000f03f'}${'1a0d'}${Buffer.from('brain.Event:2').toString('hex')}${checksumOf(first)}`,
  )
})

const checksumOf = (frame: Uint8Array): string => Buffer.from(frame.subarray(-4)).toString('hex')

test('events are read back by the rules of the format', () => {
  const histogram = histogramOf(Float32Array.of(-1, 0, 0.5, 3))
  const events = [
    versionEvent(1.5),
    restartEvent(2, 300),
    summaryEvent(3, 2 ** 33, [{ tag: 'epoch_loss', value: 0.25 }], [{ tag: 'conv2d/kernel', histogram }]),
  ]
  const read = readEvents(joined(events.map(record)))
  expect(read).toEqual([
    { time: 1.5, step: 0, version: 'brain.Event:2', values: {} },
    { time: 2, step: 300, session: 1, values: {} },
    {
      time: 3,
      step: 2 ** 33,
      values: {
        epoch_loss: 0.25,
        'conv2d/kernel': {
          min: -1,
          max: 3,
          num: 4,
          sum: 2.5,
          sumSquares: 10.25,
          limits: histogram.limits,
          buckets: histogram.counts,
        },
      },
    },
  ])
})

test('a histogram holds every number, between limits that rise', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 1 }), numbers => {
      const values = Float32Array.from(numbers)
      const { limits, counts, min, max } = histogramOf(values)
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      expect(limits.at(-1)).toBe(max)
      expect(limits.every((limit, i) => i === 0 || limit >= limits[i - 1]!)).toBe(true)
      expect(Math.min(...values)).toBe(min)
    }),
  )
  expect(histogramOf(Float32Array.of(2, 2, 2))).toMatchObject({ limits: [2], counts: [3] })
  expect(histogramOf(Float32Array.of(0, 30)).counts).toEqual([1, ...new Array(28).fill(0), 1])
})
