/**
 * Reads event files by their published format alone: TFRecord frames, CRC-32C bit by bit, and Protocol Buffers' wire
 * format. Nothing here is shared with what writes them.
 */
export interface ReadEvent {
  readonly time: number
  readonly step: number
  readonly version?: string
  readonly session?: number
  readonly values: Readonly<Record<string, number | ReadHistogram>>
}

export interface ReadHistogram {
  readonly min: number
  readonly max: number
  readonly num: number
  readonly sum: number
  readonly sumSquares: number
  readonly limits: readonly number[]
  readonly buckets: readonly number[]
}

export function readEvents(file: Uint8Array): ReadEvent[] {
  const events: ReadEvent[] = []
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true))
    const data = file.subarray(at + 12, at + 12 + length)
    expectChecksum(file.subarray(at, at + 8), view.getUint32(at + 8, true))
    expectChecksum(data, view.getUint32(at + 12 + length, true))
    events.push(readEvent(data))
    at += 16 + length
  }
  return events
}

function expectChecksum(bytes: Uint8Array, masked: number): void {
  const turned = (masked - 0xa282ead8) >>> 0
  const crc = ((turned << 15) | (turned >>> 17)) >>> 0
  if (crc !== bitwiseCrc(bytes)) throw new Error('a checksum is wrong')
}

/** Division of polynomials, the highest bit first, of bytes and remainder turned round. */
function bitwiseCrc(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const feedback = ((rest >>> 31) ^ (byte >>> bit)) & 1
      rest = ((rest << 1) ^ (feedback ? 0x1edc6f41 : 0)) >>> 0
    }
  let turned = 0
  for (let bit = 0; bit < 32; bit++) if ((rest >>> bit) & 1) turned |= 1 << (31 - bit)
  return (turned ^ 0xffffffff) >>> 0
}

type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>

function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const varint = () => {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = bytes[at++]!
      value += (byte & 127) * factor
      factor *= 128
      if (byte < 128) return value
    }
  }
  const read = (type: number): number | Uint8Array => {
    if (type === 0) return varint()
    const length = type === 1 ? 8 : type === 5 ? 4 : varint()
    at += length
    if (type === 1) return view.getFloat64(at - 8, true)
    if (type === 5) return view.getFloat32(at - 4, true)
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    fields.set(number, [...(fields.get(number) ?? []), read(tag % 8)])
  }
  return fields
}

const numberIn = (fields: Fields, field: number): number =>
  (fields.get(field)?.[0] as number | undefined) ?? 0
const bytesIn = (fields: Fields, field: number): Uint8Array => fields.get(field)?.[0] as Uint8Array
const textIn = (fields: Fields, field: number): string => new TextDecoder().decode(bytesIn(fields, field))

function readEvent(bytes: Uint8Array): ReadEvent {
  const event = readFields(bytes)
  const summary = event.has(5) ? readFields(bytesIn(event, 5)) : new Map()
  const values = (summary.get(1) ?? []).map((value: Uint8Array) => readValue(readFields(value)))
  return {
    time: numberIn(event, 1),
    step: numberIn(event, 2),
    ...(event.has(3) && { version: textIn(event, 3) }),
    ...(event.has(7) && { session: numberIn(readFields(bytesIn(event, 7)), 1) }),
    values: Object.fromEntries(values),
  }
}

const readValue = (value: Fields): [string, number | ReadHistogram] => [
  textIn(value, 1),
  value.has(5) ? readHistogram(readFields(bytesIn(value, 5))) : numberIn(value, 2),
]

function readHistogram(fields: Fields): ReadHistogram {
  const list = (field: number) => {
    const bytes = bytesIn(fields, field)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true))
  }
  const [min, max, num, sum, sumSquares] = [1, 2, 3, 4, 5].map(field => numberIn(fields, field)) as [number, number, number, number, number] // biome-ignore format: a table
  return { min, max, num, sum, sumSquares, limits: list(6), buckets: list(7) }
}
