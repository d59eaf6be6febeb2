import { type FileHandle, open } from 'node:fs/promises'
import { type CharacterMap, characterMapOf } from './character-map.js'

/**
 * Which characters a font file has (.ttf, .otf), or the fonts of a collection together (.ttc, .otc). Only directories and
 * maps are read, some kilobytes of a file of many megabytes.
 *
 * @throws RangeError where the file is no font or damaged, errors of the system where it cannot be read
 */
export async function readCharacterMap(path: string): Promise<CharacterMap> {
  const file = await open(path)
  try {
    const maps = await Promise.all(
      (await mapPlaces(file)).map(async place => characterMapOf(await part(file, place))),
    )
    return codePoint => maps.some(has => has(codePoint))
  } finally {
    await file.close()
  }
}

interface Place {
  readonly offset: number
  readonly length: number
}

/** Where the tables `cmap` lie, each once: fonts of a collection often share one. */
async function mapPlaces(file: FileHandle): Promise<Place[]> {
  const places = new Map<number, Place>()
  for (const start of await fontStarts(file)) {
    const tables = (await part(file, { offset: start + 4, length: 2 })).getUint16(0)
    const directory = await part(file, { offset: start + 12, length: 16 * tables })
    for (let i = 0; i < tables; i++)
      if (directory.getUint32(16 * i) === tagged('cmap')) {
        const offset = directory.getUint32(16 * i + 8)
        places.set(offset, { offset, length: directory.getUint32(16 * i + 12) })
      }
  }
  return [...places.values()]
}

async function fontStarts(file: FileHandle): Promise<number[]> {
  const head = await part(file, { offset: 0, length: 12 })
  if (head.getUint32(0) !== tagged('ttcf')) return [0]
  const fonts = head.getUint32(8)
  const starts = await part(file, { offset: 12, length: 4 * fonts })
  return Array.from({ length: fonts }, (_, i) => starts.getUint32(4 * i))
}

const tagged = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE()

/** More is no table of a font, but a damaged file. */
const largest = 1 << 25

async function part(file: FileHandle, { offset, length }: Place): Promise<DataView> {
  if (length > largest) throw new RangeError(`a table of ${length} bytes`)
  const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, offset)
  return new DataView(buffer.buffer, 0, bytesRead)
}
