/**
 * As much of Protocol Buffers' wire format as event files need (protobuf.dev/programming-guides/encoding): a message is
 * its fields one after the other, each a tag (number and wire type) and a value.
 */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/** Numbers of 0 and above, seven bits a byte, the lowest first. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let left = value
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128)
  return Uint8Array.of(...bytes, left)
}

const tag = (field: number, type: number): Uint8Array => varint(field * 8 + type)

export const int64 = (field: number, value: number): Uint8Array =>
  joined([tag(field, wire.varint), varint(value)])

export const double = (field: number, value: number): Uint8Array =>
  joined([tag(field, wire.fixed64), float64(value)])

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return joined([tag(field, wire.fixed32), bytes])
}

export const text = (field: number, value: string): Uint8Array =>
  bytes(field, new TextEncoder().encode(value))

/** A list of numbers in one field ("packed"). */
export const doubles = (field: number, values: readonly number[]): Uint8Array =>
  bytes(field, joined(values.map(float64)))

/** A message within a message. */
export const message = (field: number, fields: readonly Uint8Array[]): Uint8Array =>
  bytes(field, joined(fields))

const bytes = (field: number, value: Uint8Array): Uint8Array =>
  joined([tag(field, wire.bytes), varint(value.length), value])

function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
