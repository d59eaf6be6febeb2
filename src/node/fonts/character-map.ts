/** Whether a font has a character, by its code point. */
export type CharacterMap = (codePoint: number) => boolean

/**
 * What the table `cmap` of a font says (OpenType specification, "cmap"). Read are the formats that fonts of today use for
 * Unicode: 4 (segments of the first 65,536 code points), 6 (one range) and 12 (groups). Format 13 gives one glyph to many
 * characters, as fonts of nothing but boxes do, so it is passed over.
 *
 * @throws RangeError where the table ends too early
 */
export function characterMapOf(cmap: DataView): CharacterMap {
  const maps = unicodeTables(cmap).flatMap(table => {
    const read = formats[table.getUint16(0)]
    return read ? [read(table)] : []
  })
  return codePoint => maps.some(has => has(codePoint))
}

const formats: Readonly<Record<number, (table: DataView) => CharacterMap>> = {
  4: segments,
  6: oneRange,
  12: groups,
}

const unicode = 0
const windows = 3

function unicodeTables(cmap: DataView): DataView[] {
  const offsets = new Set<number>()
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const record = 4 + 8 * i
    const [platform, encoding] = [cmap.getUint16(record), cmap.getUint16(record + 2)]
    if (platform === unicode || (platform === windows && (encoding === 1 || encoding === 10)))
      offsets.add(cmap.getUint32(record + 4))
  }
  return Array.from(offsets, offset => new DataView(cmap.buffer, cmap.byteOffset + offset))
}

function segments(table: DataView): CharacterMap {
  const bytes = table.getUint16(6) // twice the number of segments
  const at = (list: number, segment: number) => 14 + list * bytes + 2 * segment
  const [first, delta, range] = [
    (i: number) => at(1, i) + 2,
    (i: number) => at(2, i) + 2,
    (i: number) => at(3, i) + 2,
  ]
  return code => {
    for (let i = 0; i < bytes / 2; i++) {
      if (code > table.getUint16(at(0, i))) continue
      const from = table.getUint16(first(i))
      if (code < from) return false
      const offset = table.getUint16(range(i))
      if (offset === 0) return ((code + table.getUint16(delta(i))) & 0xffff) !== 0
      return table.getUint16(range(i) + offset + 2 * (code - from)) !== 0
    }
    return false
  }
}

function oneRange(table: DataView): CharacterMap {
  const [first, count] = [table.getUint16(6), table.getUint16(8)]
  return code => code >= first && code < first + count && table.getUint16(10 + 2 * (code - first)) !== 0
}

function groups(table: DataView): CharacterMap {
  const count = table.getUint32(12)
  return code => {
    let [low, high] = [0, count - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const group = 16 + 12 * middle
      if (code < table.getUint32(group)) high = middle - 1
      else if (code > table.getUint32(group + 4)) low = middle + 1
      else return table.getUint32(group + 8) + code - table.getUint32(group) !== 0
    }
    return false
  }
}
