import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileError } from '../../base/errors.js'
import { Tensor, type TensorData } from '../../base/tensor.js'
import { decodeSafetensors } from './decode.js'
import { encodeSafetensors } from './encode.js'

const numbers = fc.oneof(
  fc.float32Array({ maxLength: 30 }),
  fc.float64Array({ maxLength: 30 }),
  fc.int32Array({ maxLength: 30 }),
  fc.uint8Array({ maxLength: 30 }),
) as fc.Arbitrary<TensorData>

const anyTensor = fc
  .tuple(numbers, fc.boolean())
  .map(([data, flat]) => new Tensor(data, flat ? [data.length] : [1, data.length, 1]))

const texts = fc.string({ unit: 'binary' })
const tensorMap = fc
  .array(
    fc.tuple(
      texts.filter(name => name !== '__metadata__'),
      anyTensor,
    ),
    { maxLength: 6 },
  )
  .map(entries => new Map(entries))

test('every file that is written reads back the same', () => {
  fc.assert(
    fc.property(tensorMap, fc.dictionary(texts, texts, { noNullPrototype: true }), (tensors, metadata) => {
      const back = decodeSafetensors(encodeSafetensors(tensors, metadata), 'memory')
      expect(new Map([...back.tensors].sort())).toEqual(new Map([...tensors].sort()))
      expect(back.metadata).toEqual(metadata)
    }),
  )
})

test('the numbers begin at multiples of 8, wide ones first', () => {
  const file = encodeSafetensors(
    new Map<string, Tensor>([
      ['bytes', new Tensor(Uint8Array.of(1, 2, 3), [3])],
      ['doubles', new Tensor(Float64Array.of(1.5), [1])],
    ]),
    {},
  )
  const length = Number(new DataView(file.buffer).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<string, object>
  expect(length % 8).toBe(0)
  expect(header.doubles).toEqual({ dtype: 'F64', shape: [1], data_offsets: [0, 8] })
  expect(header.bytes).toEqual({ dtype: 'U8', shape: [3], data_offsets: [8, 11] })
})

test('a file that is cut off anywhere is refused', () => {
  const file = encodeSafetensors(new Map([['w', new Tensor(Float32Array.of(1, 2, 3), [3])]]), { a: 'b' })
  for (let length = 0; length < file.length; length++)
    expect(() => decodeSafetensors(file.subarray(0, length), 'w.safetensors')).toThrow(FileError)
})

/** A file of this header and this many bytes of numbers. */
function handmade(header: object | string, numbersLength: number, lengthSaid?: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const file = new Uint8Array(8 + json.length + numbersLength)
  new DataView(file.buffer).setBigUint64(0, BigInt(lengthSaid ?? json.length), true)
  file.set(json, 8)
  return file
}

const f32 = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
})

const refusals: [title: string, file: Uint8Array, problem: string][] = [
  ['no bytes', new Uint8Array(0), 'a safetensors file begins with 8 bytes of length, but 0 came'],
  [
    'a long header',
    handmade('{}', 0, 1e9),
    'this is no safetensors file, or not any more: the header says it is 1000000000 bytes long, 100000000 is the most',
  ],
  ['a header past the end', handmade('{}', 0, 50), 'the header should be 50 bytes long, but only 2 came'],
  ['no brace', handmade('[1]', 0), 'the header should begin with "{"'],
  ['broken JSON', handmade('{"a": 1', 0), 'the header is not JSON'],
  ['a key twice', handmade('{"__metadata__":{},"w":1,"\\u0077" : 2}', 0), '"w" stands in the header twice'],
  ['a key twice inside', handmade('{"__metadata__":{"x":"{","x":""}}', 0), '"x" stands in the header twice'],
  ['metadata of numbers', handmade({ __metadata__: { a: 1 } }, 0), 'holds "a", which is not a text'],
  [
    'an unknown type',
    handmade({ w: { ...f32(0, 4), dtype: 'F8' } }, 4),
    'has the number type "F8", known are F64',
  ],
  ['a prototype as type', handmade({ w: { ...f32(0, 4), dtype: 'toString' } }, 4), 'number type "toString"'],
  ['a negative shape', handmade({ w: f32(0, 4, [-1]) }, 4), 'tensor "w" has the shape [-1]'],
  ['half an offset', handmade({ w: { ...f32(0, 4), data_offsets: [0] } }, 4), 'has the data_offsets [0]'],
  ['a wrong length', handmade({ w: f32(0, 8, [3]) }, 8), 'of F32 [3] takes 12 bytes, but its offsets span 8'],
  ['a shape too large', handmade({ w: f32(0, 8, [2 ** 40, 2 ** 40]) }, 8), 'but its offsets span 8'],
  [
    'an overlap',
    handmade({ v: f32(0, 8), w: f32(4, 12) }, 12),
    '"w" begins at byte 4, inside the one before',
  ],
  [
    'a hole',
    handmade({ v: f32(0, 4), w: f32(8, 12) }, 12),
    'the bytes 4 to 8, before tensor "w", belong to no',
  ],
  ['numbers left over', handmade({ w: f32(0, 4) }, 8), 'the tensors take 4 bytes, but 8 came'],
  ['numbers missing', handmade({ w: f32(0, 8) }, 4), 'the tensors take 8 bytes, but 4 came'],
]

test.each(refusals)('refused: %s', (_, file, problem) => {
  expect(() => decodeSafetensors(file, 'a.safetensors')).toThrow(problem)
  expect(() => decodeSafetensors(file, 'a.safetensors')).toThrow(
    /^a\.safetensors: .*\.\n {2}The file is damaged/,
  )
})

test('a header that is not UTF-8 is refused', () => {
  const file = handmade('{"é":1}', 0)
  file[10] = 0xff
  expect(() => decodeSafetensors(file, 'a.safetensors')).toThrow('the header is not UTF-8 text')
})

test('half-precision numbers become float32', () => {
  const file = handmade({ h: { dtype: 'F16', shape: [8], data_offsets: [0, 16] } }, 16)
  file.set(
    new Uint8Array(Uint16Array.of(0, 0x8000, 0x3c00, 0xc000, 0x0001, 0x7bff, 0xfc00, 0x7e00).buffer),
    file.length - 16,
  )
  const { data } = decodeSafetensors(file, 'h').tensors.get('h')!
  expect([...data]).toEqual([0, -0, 1, -2, 2 ** -24, 65504, Number.NEGATIVE_INFINITY, Number.NaN])
})

test('I64 numbers become int32, or are refused when they do not fit', () => {
  const file = handmade({ labels: { dtype: 'I64', shape: [2], data_offsets: [0, 16] } }, 16)
  const view = new DataView(file.buffer, file.length - 16)
  view.setBigInt64(0, -7n, true)
  view.setBigInt64(8, 2n ** 31n - 1n, true)
  expect([...decodeSafetensors(file, 'i').tensors.get('labels')!.data]).toEqual([-7, 2 ** 31 - 1])
  view.setBigInt64(8, 2n ** 31n, true)
  expect(() => decodeSafetensors(file, 'i')).toThrow('i: tensor "labels": an I64 number is 2147483648, only')
})

test('a file may lie anywhere in memory', () => {
  const file = encodeSafetensors(new Map([['w', new Tensor(Float32Array.of(0.25, -3), [2])]]), {})
  const shifted = new Uint8Array(file.length + 3)
  shifted.set(file, 3)
  expect([...decodeSafetensors(shifted.subarray(3), 'w').tensors.get('w')!.data]).toEqual([0.25, -3])
})

const parity = new URL('../../../../shared/parity/', import.meta.url)

test.skipIf(!existsSync(parity))('reads the files PyTorch wrote (needs ../shared/parity)', () => {
  for (const name of readdirSync(parity).filter(file => file.endsWith('.safetensors'))) {
    const { tensors, metadata } = decodeSafetensors(readFileSync(new URL(name, parity)), name)
    expect(tensors.size).toBeGreaterThan(0)
    expect(JSON.parse(metadata.case ?? '')).toBeTypeOf('object')
  }
})
