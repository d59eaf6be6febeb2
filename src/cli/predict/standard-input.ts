import { FileError } from '../../base/errors.js'
import { kindOfBytes } from '../../node/pictures/kind-of-bytes.js'
import { readBytes } from '../../node/pictures/read-picture.js'
import type { AskedPicture } from './asked-picture.js'
import { pathsOf } from './path-list.js'

/** So many bytes tell a picture from a list. */
const enough = 16

/** A picture that comes on standard input may have so many bytes. */
const mostBytes = 2 ** 30

const name = 'standard input'

/**
 * What comes on standard input: the bytes of one picture where they begin like one, else a list of paths, one a line or each
 * ended by a NUL. Pictures of a list are there as soon as their path is.
 *
 * @throws FileError where nothing comes, or what comes is neither
 */
export async function* picturesFromInput(input: AsyncIterable<Uint8Array>): AsyncGenerator<AskedPicture> {
  const chunks = input[Symbol.asyncIterator]()
  const beginning = await takeBeginning(chunks)
  if (beginning.length === 0)
    throw new FileError(
      `${name}: a picture or a list of paths was expected, but nothing came.`,
      'Name pictures or folders on the command line, or send some: find photos -name "*.jpg" | fovea predict MODEL',
    )
  const all = prepend(beginning, chunks)
  if (isPicture(beginning)) yield { name: '-', shown: name, bytes: () => joined(all) }
  else for await (const path of pathsOf(all, name)) yield fileNamed(path)
}

const fileNamed = (path: string): AskedPicture => ({ name: path, bytes: shown => readBytes(path, shown) })

/** `BM` may begin a path, too; four bytes of a BMP's header are 0. An SVG file begins with a tag. */
function isPicture(bytes: Uint8Array): boolean {
  const kind = kindOfBytes(bytes)
  if (kind === 'bmp') return bytes.subarray(6, 10).every(byte => byte === 0)
  return kind !== null || /^\s*</.test(new TextDecoder().decode(bytes))
}

/** The first bytes: enough of them where there are, fewer where a short path is complete and nothing else will come soon. */
async function takeBeginning(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0)
  while (bytes.length < enough && !isCompletePath(bytes)) {
    const { done, value } = await chunks.next()
    if (done) break
    bytes = Buffer.concat([bytes, value])
  }
  return bytes
}

/** Ended by a line feed or a NUL, as pictures may be cut, too; but no path in UTF-8 begins as they do. */
function isCompletePath(bytes: Uint8Array): boolean {
  const beginsLikePicture =
    [0x00, 0x89, 0xff].includes(bytes[0] ?? 0) ||
    new TextDecoder().decode(bytes.subarray(0, 4)) === 'RIFF' ||
    kindOfBytes(bytes) !== null
  return bytes.length >= 4 && !beginsLikePicture && [0x0a, 0x00].includes(bytes.at(-1)!)
}

async function* prepend(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of chunks) {
    length += part.length
    if (length > mostBytes) throw new FileError(`${name}: a picture of more than 1 GB is not read.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
