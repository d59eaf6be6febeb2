/** Writes protocol buffer messages, as far as ONNX files need them. */
export class Message {
  private readonly parts: Uint8Array[] = []

  /** A whole number ≥ 0, or each of several. */
  int(field: number, ...values: readonly number[]): this {
    for (const value of values) this.parts.push(varint(field * 8), varint(value))
    return this
  }

  bytes(field: number, value: Uint8Array): this {
    this.parts.push(varint(field * 8 + 2), varint(value.length), value)
    return this
  }

  text(field: number, ...values: readonly string[]): this {
    for (const value of values) this.bytes(field, new TextEncoder().encode(value))
    return this
  }

  message(field: number, ...values: readonly Message[]): this {
    for (const value of values) this.bytes(field, value.toBytes())
    return this
  }

  toBytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.parts))
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
