/** A table `cmap` with one subtable for Unicode. */
export function cmapOf(subtable: readonly number[]): DataView {
  const head = [0, 1, 3, 10, 0, 12] // version, tables; platform, encoding, offset as two words
  return new DataView(Uint8Array.from([...head, ...subtable].flatMap(word => [word >> 8, word & 255])).buffer)
}

/** Format 12: groups of code points, each with its first glyph. */
export const groupsTable = (
  groups: readonly (readonly [from: number, to: number, glyph: number])[],
): number[] => [
  12,
  0,
  ...long(16 + 12 * groups.length),
  ...long(0),
  ...long(groups.length),
  ...groups.flatMap(group => group.flatMap(long)),
]

const long = (value: number): number[] => [value >>> 16, value & 0xffff]

/** A font with nothing but a `cmap`, as it stands at `start` in its file. */
export function fontOf(cmap: DataView, start = 0): Uint8Array {
  const bytes = new Uint8Array(28 + cmap.byteLength)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x10000)
  view.setUint16(4, 1)
  bytes.set(new TextEncoder().encode('cmap'), 12)
  view.setUint32(20, start + 28)
  view.setUint32(24, cmap.byteLength)
  bytes.set(new Uint8Array(cmap.buffer), 28)
  return bytes
}

/** A collection of fonts in one file. */
export function collectionOf(cmaps: readonly DataView[]): Uint8Array {
  const head = 12 + 4 * cmaps.length
  const bytes: number[] = [...new TextEncoder().encode('ttcf'), 0, 1, 0, 0, 0, 0, 0, cmaps.length]
  const fonts: number[] = []
  for (const cmap of cmaps) {
    const start = head + fonts.length
    bytes.push(...long(start).flatMap(word => [word >> 8, word & 255]))
    fonts.push(...fontOf(cmap, start))
  }
  return Uint8Array.from([...bytes, ...fonts])
}
