import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { FileError } from '../base/errors.js'
import { formatCount } from '../base/format.js'
import { fileError } from './file-errors.js'
import { sizeOfFile } from './file-facts.js'
import { RetryError, readAnswer } from './http-answer.js'
import { type Patience, startPatience } from './patience.js'

/** How far a download is. */
export interface DownloadProgress {
  readonly url: string
  /** Bytes on disk, those of an earlier attempt included. */
  readonly received: number
  /** Bytes of the whole file; null when the server does not say. */
  readonly total: number | null
}

export interface FetchOptions {
  /** Bytes of the whole file, where they are known beforehand. */
  readonly size?: number
  readonly onProgress?: (progress: DownloadProgress) => void
  readonly signal?: AbortSignal
  /** Milliseconds without a byte after which a connection counts as cut. Default: 30,000. */
  readonly patience?: number
}

/** How one connection went: everything is there, or why not. */
export type Outcome = { readonly done: true } | { readonly done: false; readonly reason: Error }

/**
 * One connection's worth of a download: appends to `part` from where it ends.
 *
 * @throws FileError when another attempt would be no use; the signal's reason when it is aborted
 */
export async function fetchPart(url: string, part: string, options: FetchOptions): Promise<Outcome> {
  const have = await usableBytes(part, options.size)
  if (have === options.size) return { done: true }
  const patience = startPatience(options.patience ?? 30_000, options.signal)
  try {
    const answer = await ask(url, have, options.size, patience)
    if (answer.body) await save(answer.body, part, answer, { ...options, url, silence: patience })
    return { done: true }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof FileError) throw error
    if (error instanceof RetryError && error.discard) await rm(part, { force: true })
    return { done: false, reason: rootCause(error) }
  } finally {
    patience.end()
  }
}

/** Bytes of an earlier attempt; more than the file can have are of another file, and removed. */
async function usableBytes(part: string, size = Infinity): Promise<number> {
  const have = await sizeOfFile(part)
  if (have <= size) return have
  await rm(part)
  return 0
}

interface Answer {
  /** Null when nothing is missing. */
  readonly body: AsyncIterable<Uint8Array> | null
  /** The first byte of the file that comes. */
  readonly from: number
  readonly total: number | null
}

async function ask(
  url: string,
  have: number,
  size: number | undefined,
  { signal }: Patience,
): Promise<Answer> {
  // The archive's own bytes are wanted, not a compressed form of them.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' }
  if (have > 0) headers.range = `bytes=${have}-`
  const response = await fetch(url, { headers, signal })
  const { from, total, complete } = readAnswer(url, response, have, size)
  return { body: complete ? null : (response.body as AsyncIterable<Uint8Array> | null), from, total }
}

interface SaveOptions extends FetchOptions {
  readonly url: string
  /** Renewed with every byte that comes. */
  readonly silence: Patience
}

/** Two processes at the same file write the same bytes to the same places: neither may cut off what is there. */
const openOrCreate = constants.O_RDWR | constants.O_CREAT

async function save(
  body: AsyncIterable<Uint8Array>,
  part: string,
  { from, total }: Answer,
  { url, silence, onProgress, size }: SaveOptions,
): Promise<void> {
  const length = total ?? size ?? null
  const file = await onDisk(part, open(part, openOrCreate))
  try {
    let received = from
    for await (const chunk of body) {
      silence.renew()
      if (length !== null && received + chunk.length > length) throw tooMuch(url, length)
      await onDisk(part, writeAll(file, chunk, received))
      received += chunk.length
      onProgress?.({ url, received, total: length })
    }
    if (length !== null && received < length) throw new RetryError('the connection ended early')
    await onDisk(part, file.truncate(received))
  } finally {
    await file.close()
  }
}

const tooMuch = (url: string, length: number): RetryError =>
  new RetryError(`${url} sent more than the ${formatCount(length)} bytes announced`, { discard: true })

async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; )
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten
}

/** A disk that fails is no connection that fails: it is said at once. */
async function onDisk<T>(path: string, action: Promise<T>): Promise<T> {
  try {
    return await action
  } catch (cause) {
    throw fileError(path, 'written', cause, 'FOVEA_CACHE names the folder for downloads.')
  }
}

/** `fetch failed` says nothing; what it was caused by does. */
function rootCause(error: unknown): Error {
  const { cause } = error as Error
  return cause instanceof Error ? rootCause(cause) : (error as Error)
}
