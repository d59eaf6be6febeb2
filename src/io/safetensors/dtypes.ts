import type { DType, TensorData } from '../../base/tensor.js'
import type { Refuse } from '../refuse.js'

/** How one number type of a file becomes one of ours. */
export interface StoredType {
  /** Bytes of one number. */
  readonly size: number
  /** `bytes` is a copy that begins at an address every typed array accepts. */
  read(bytes: Uint8Array, refuse: Refuse): TensorData
}

/**
 * The number types that are read. Everything is little-endian, as WebAssembly and every machine it runs on are,
 * so most types are only a view of the bytes.
 */
export const storedTypes: Readonly<Record<string, StoredType>> = {
  F64: { size: 8, read: bytes => new Float64Array(bytes.buffer) },
  F32: { size: 4, read: bytes => new Float32Array(bytes.buffer) },
  F16: { size: 2, read: bytes => Float32Array.from(new Uint16Array(bytes.buffer), fromHalf) },
  I64: { size: 8, read: (bytes, refuse) => toInt32(new BigInt64Array(bytes.buffer), refuse) },
  I32: { size: 4, read: bytes => new Int32Array(bytes.buffer) },
  U8: { size: 1, read: bytes => bytes },
}

/** How each of our number types is written. */
export const storedAs = {
  float64: 'F64',
  float32: 'F32',
  int32: 'I32',
  uint8: 'U8',
} as const satisfies Record<DType, string>

/** A half-precision number: 1 sign bit, 5 bits of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Labels are often stored as I64; numbers beyond 32 bits are not. */
function toInt32(values: BigInt64Array, refuse: Refuse): Int32Array {
  const tooLarge = values.find(value => BigInt.asIntN(32, value) !== value)
  return tooLarge === undefined
    ? Int32Array.from(values, Number)
    : refuse(`an I64 number is ${tooLarge}, only -2³¹ … 2³¹-1 can be read`)
}
