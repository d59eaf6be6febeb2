import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ParsedTarFileItem, parseTar } from 'nanotar'
import { FileError } from '../base/errors.js'
import type { FileSource } from '../data/dataset.js'
import { fileError } from './file-errors.js'

/** More than any data set we know unpacks to; keeps a wrong file from filling the memory. */
const mostBytes = 2 ** 31

/**
 * The files of a `.tar.gz`, found by their last name whatever folder they are in. The archive is unpacked in memory
 * at the first read; gzip's own checksum is proof against damage. The bytes share one buffer.
 */
export function tarGzSource(path: string): FileSource {
  let files: Promise<Map<string, Uint8Array>> | undefined
  return {
    place: path,
    async read(name) {
      files ??= unpack(path)
      return (await files).get(name) ?? null
    },
  }
}

async function unpack(path: string): Promise<Map<string, Uint8Array>> {
  const bytes = await gunzip(path)
  const items = parse(bytes, path).filter(item => item.type === 'file')
  return new Map(items.map(({ name, data }) => [lastName(name), data ?? new Uint8Array(0)]))
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function parse(bytes: Uint8Array<ArrayBuffer>, path: string): ParsedTarFileItem[] {
  try {
    return parseTar(bytes)
  } catch (cause) {
    // A length in a header that points beyond the end.
    throw new FileError(`${path}: the archive in it ends too early.`, 'Remove it and fetch it again.', {
      cause,
    })
  }
}

/** The unpacked bytes of a gzip file, in a buffer of their own. */
export async function gunzip(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  await pipeline(createReadStream(path), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
    for await (const chunk of unpacked) {
      length += chunk.length
      if (length > mostBytes)
        throw new FileError(`${path}: unpacks to more than 2 GiB.`, 'This is no data set we know.')
      chunks.push(chunk)
    }
  }).catch(cause => Promise.reject(unpackError(path, cause)))
  return join(chunks, length)
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function unpackError(path: string, cause: NodeJS.ErrnoException): unknown {
  if (cause.code === 'Z_BUF_ERROR')
    return new FileError(`${path}: the gzip file ends too early.`, 'Remove it and fetch it again.', { cause })
  if (cause.code?.startsWith('Z_'))
    return new FileError(`${path}: no sound gzip file (${cause.message}).`, 'Remove it and fetch it again.', {
      cause,
    })
  return fileError(path, 'read', cause)
}
