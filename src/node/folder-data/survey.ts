import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Tensor } from '../../base/tensor.js'
import type { Listing } from '../folder/list-pictures.js'
import { type PictureHeader, readHeader } from '../pictures/decode.js'
import { decodeInTurn } from '../pictures/decode-in-turn.js'
import { PictureError } from '../pictures/picture-error.js'

/** What some of the pictures of a listing are like: enough to choose what all of them shall become. */
export interface Survey {
  /** So many were looked at and could be used. */
  readonly seen: number
  /** The median of the shorter sides, in pixels. */
  readonly side: number
  /** The median of width / height. */
  readonly aspect: number
  /** Whether none of them has a colour. */
  readonly grey: boolean
}

/** So many headers are read, and so many pictures looked at for colour, at equal distances over all. */
const headersRead = 200
const picturesDecoded = 40

/** Larger files are not read only to look at them, in bytes. */
const largest = 2 ** 26

/** Looks at a sample. Null where none of it can be used. */
export async function survey({ pictures }: Listing): Promise<Survey | null> {
  const sample = spread(pictures, headersRead).map(({ path }) => path)
  const headers = (await inLanes(sample, headerOf)).filter(header => header !== null)
  if (headers.length === 0) return null
  const colours = await inLanes(spread(sample, picturesDecoded), hasColour)
  return {
    seen: headers.length,
    side: median(headers.map(({ height, width }) => Math.min(height, width))),
    aspect: median(headers.map(({ height, width }) => width / height)),
    grey: colours.every(colour => colour !== true),
  }
}

/** At most so many items, at equal distances. */
const spread = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count
    ? [...items]
    : Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)

async function inLanes<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [i, item] of queue) answers[i] = await ask(item)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return answers
}

const headerOf = (path: string): Promise<PictureHeader | null> =>
  whereUsable(path, bytes => readHeader(bytes, path))

const hasColour = (path: string): Promise<boolean | null> =>
  whereUsable(path, async bytes => {
    const header = await readHeader(bytes, path)
    return decodeInTurn({ bytes, name: path, header }, 3, isColoured)
  })

/** Null for a file that cannot be used: what is wrong with it is said when all are read. */
async function whereUsable<T>(path: string, look: (bytes: Uint8Array) => Promise<T>): Promise<T | null> {
  try {
    return (await stat(path)).size > largest ? null : await look(await readFile(path))
  } catch (error) {
    if (error instanceof PictureError || (error instanceof Error && 'code' in error)) return null
    throw error
  }
}

/** JPEG makes of grey what differs by a few steps; a scan of grey paper is a little yellow. */
const greyWithin = 12

/** Pixels that are looked at. */
const looks = 10_000

function isColoured({ data }: Tensor<Uint8Array>): boolean {
  const pixels = data.length / 3
  const step = Math.max(1, Math.floor(pixels / looks))
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const [red, green, blue] = [data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!]
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > greyWithin) return true
  }
  return false
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
