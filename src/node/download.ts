import { rename, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { FileError } from '../base/errors.js'
import { formatCount } from '../base/format.js'
import { type FetchOptions, fetchPart } from './fetch-part.js'
import { hasCode } from './file-errors.js'
import { kindOfPath, md5OfFile, sizeOfFile } from './file-facts.js'

export interface DownloadOptions extends FetchOptions {
  /** Of the whole file, in hexadecimal digits. */
  readonly md5: string
  /** Failures in a row, without a new byte, after which to give up. Default: 5. */
  readonly attempts?: number
  /** Milliseconds before the second attempt; doubled for each that follows. Default: 500. */
  readonly pause?: number
}

/** However often a server cuts us off after a few bytes, it will not keep us busy for ever. */
const mostConnections = 100

/** Nobody answers: more attempts within seconds would only make a person wait. */
const offline = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'])

/**
 * Fetches `url` to `file` by way of `file.part`, from where an earlier attempt ended if the server can resume. Cut
 * connections are taken up again; `file` appears only when the bytes have the right md5. Its folder must exist.
 *
 * @throws FileError when the server refuses, offers another file, or cannot be reached; the signal's reason
 *   when it is aborted. Bytes received so far stay in `file.part` unless they are known to be wrong.
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  const part = `${file}.part`
  await fetchAll(url, part, options)
  try {
    const md5 = await md5OfFile(part)
    if (md5 !== options.md5) throw await wrongFile(url, part, md5, options.md5)
    await rename(part, file)
  } catch (error) {
    // Another process at the same download was first, and has renamed the part.
    if (!hasCode(error, 'ENOENT') || (await kindOfPath(file)) !== 'file') throw error
  }
}

async function fetchAll(url: string, part: string, options: DownloadOptions): Promise<void> {
  const { attempts = 5, pause = 500, signal } = options
  let failures = 0
  for (let connection = 1; ; connection++) {
    const before = await sizeOfFile(part)
    const outcome = await fetchPart(url, part, options)
    if (outcome.done) return
    failures = (await sizeOfFile(part)) > before ? 1 : failures + 1
    const { code = '' } = outcome.reason as NodeJS.ErrnoException
    if (failures >= attempts || connection >= mostConnections || offline.has(code))
      throw await givenUp(url, part, outcome.reason)
    await sleep(pause * 2 ** (failures - 1), undefined, signal ? { signal } : {}).catch(() =>
      signal?.throwIfAborted(),
    )
  }
}

async function givenUp(url: string, part: string, cause: NodeJS.ErrnoException): Promise<FileError> {
  const received = await sizeOfFile(part)
  const kept =
    received > 0 ? ` ${formatCount(received)} bytes are kept: the next attempt goes on from there.` : ''
  return new FileError(
    `${url}: the download failed (${cause.message || cause.code}).`,
    `Check the connection, or fetch the file elsewhere and use --data.${kept}`,
    { cause },
  )
}

async function wrongFile(url: string, part: string, came: string, expected: string): Promise<FileError> {
  const size = await sizeOfFile(part)
  await rm(part, { force: true })
  return new FileError(
    `${url}: the ${formatCount(size)} bytes that came have md5 ${came}, expected was ${expected}. They were removed.`,
    'Run the command again. If it fails again, the server has another file: fetch it elsewhere and use --data.',
  )
}
