import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Bytes in a file; 0 where there is none. */
export async function sizeOfFile(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null)
  return facts?.size ?? 0
}

/** What lies at a path. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | 'nothing'> {
  const facts = await stat(path).catch(() => null)
  if (!facts) return 'nothing'
  return facts.isDirectory() ? 'folder' : 'file'
}

/** The md5 of a file, in hexadecimal digits. */
export async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5')
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash)
  return hash.digest('hex')
}
