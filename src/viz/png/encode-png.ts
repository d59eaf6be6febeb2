/** Pixels, row by row: one byte a pixel (grey) or three (red, green, blue). */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

/**
 * Pixels as a PNG file (ISO/IEC 15948). The bytes are stored, not compressed: pictures of networks are small, and a page
 * or a library without dependencies can make them at once.
 */
export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  if (data.length !== width * height * channels)
    throw new Error(`encodePng: ${width}×${height}×${channels} pixels came as ${data.length} bytes`)
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, channels === 1 ? 0 : 2], 8)
  const rows = rowsWithFilter(data, height, width * channels)
  return join([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', zlibStored(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

/** The PNG as a `data:` address. */
export function pngAddress(pixels: Pixels): string {
  let text = ''
  for (const byte of encodePng(pixels)) text += String.fromCharCode(byte)
  return `data:image/png;base64,${btoa(text)}`
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Each row begins with the number of its filter: 0, none. */
function rowsWithFilter(data: Uint8Array, height: number, length: number): Uint8Array {
  const rows = new Uint8Array(height * (length + 1))
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * length, (y + 1) * length), y * (length + 1) + 1)
  return rows
}

/** RFC 1950 around RFC 1951's stored blocks, each of at most 65,535 bytes. */
function zlibStored(bytes: Uint8Array): Uint8Array {
  const most = 0xffff
  const blocks = Array.from({ length: Math.max(1, Math.ceil(bytes.length / most)) }, (_, i) => {
    const part = bytes.subarray(i * most, (i + 1) * most)
    const isLast = (i + 1) * most >= bytes.length
    const head = new Uint8Array(5)
    const view = new DataView(head.buffer)
    view.setUint8(0, isLast ? 1 : 0)
    view.setUint16(1, part.length, true)
    view.setUint16(3, ~part.length & 0xffff, true)
    return join([head, part])
  })
  return join([Uint8Array.of(0x78, 0x01), ...blocks, bigEndian(adler32(bytes))])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = join([Uint8Array.from(type, letter => letter.charCodeAt(0)), data])
  return join([bigEndian(data.length), named, bigEndian(crc32(named))])
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return b * 65536 + a
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = crcTable[(rest ^ byte) & 0xff]! ^ (rest >>> 8)
  return (rest ^ 0xffffffff) >>> 0
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let place = 0
  for (const part of parts) {
    joined.set(part, place)
    place += part.length
  }
  return joined
}
