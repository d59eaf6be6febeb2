/** A growing run of bytes, with WebAssembly's number encodings. */
export class Bytes {
  readonly list: number[] = []

  raw(...bytes: readonly number[]): this {
    for (const byte of bytes) this.list.push(byte)
    return this
  }

  append(other: Bytes): this {
    for (const byte of other.list) this.list.push(byte)
    return this
  }

  /** Unsigned LEB128. */
  unsigned(value: number): this {
    let rest = value
    do {
      const low = rest % 128
      rest = Math.floor(rest / 128)
      this.list.push(rest > 0 ? low + 128 : low)
    } while (rest > 0)
    return this
  }

  /** Signed LEB128 of a 32-bit integer. */
  signed(value: number): this {
    let rest = value | 0
    for (;;) {
      const low = rest & 127
      rest >>= 7
      const done = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0)
      this.list.push(done ? low : low | 128)
      if (done) return this
    }
  }

  float32(value: number): this {
    return this.raw(...new Uint8Array(Float32Array.of(value).buffer))
  }

  text(value: string): this {
    const encoded = new TextEncoder().encode(value)
    return this.unsigned(encoded.length).raw(...encoded)
  }

  /** `content` with its length before it, as sections and function bodies are stored. */
  sized(content: Bytes): this {
    return this.unsigned(content.list.length).append(content)
  }
}
