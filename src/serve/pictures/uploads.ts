import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { formatBytes } from '../../base/format.js'
import { ServeError } from '../serve-error.js'
import type { Allowance } from './allowance.js'
import { bodyBytes } from './body-bytes.js'
import { asRefusal, formParts } from './form-parts.js'

/** A file that came, and the places it holds until it is answered. */
export interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
  /** Gives back the memory it counts for. */
  release(): void
}

export interface UploadLimits {
  readonly maxSize: number
  readonly maxFiles: number
  /** Pictures under way in the whole service. */
  readonly places: Allowance
  /** Bytes that all requests together hold. */
  readonly memory: Allowance
}

/** The pictures of a request, one after the other as they arrive: the files of a form, or the body itself. */
export async function* uploadsOf(
  request: FastifyRequest,
  limits: UploadLimits,
  signal: AbortSignal,
): AsyncGenerator<Upload, void> {
  refuseLength(request, limits)
  refuseEncoding(request)
  const total = totalOf(limits)
  if (!request.isMultipart()) {
    const body = request.body as Readable | undefined
    const upload = body && (await receive(body, 'the picture', total, limits, signal))
    if (upload?.bytes.length === 0) upload.release()
    else if (upload) yield upload
    return
  }
  for await (const { filename, fieldname, file } of formParts(request, limits))
    yield await receive(file, nameOf(filename || fieldname), total, limits, signal).catch(cause => {
      throw signal.aborted ? cause : asRefusal(cause, limits.maxFiles)
    })
}

type Total = (bytes: number) => void

async function receive(
  stream: Readable,
  name: string,
  total: Total,
  { places, memory, maxSize }: UploadLimits,
  signal: AbortSignal,
): Promise<Upload> {
  const held: (() => void)[] = []
  const release = () => held.splice(0).forEach(giveBack => giveBack())
  try {
    held.push(places.take(1))
    const take = (bytes: number) => {
      total(bytes)
      held.push(memory.take(bytes))
    }
    const bytes = await bodyBytes(stream, take, signal)
    if ('truncated' in stream && stream.truncated) throw tooLarge(maxSize)
    return { name, bytes, release }
  } catch (error) {
    release()
    stream.on('error', () => undefined).resume()
    throw error
  }
}

/** Refuses before a byte is read what says of itself that it is too large. */
function refuseLength({ headers }: FastifyRequest, { maxSize }: UploadLimits): void {
  if (Number(headers['content-length'] ?? 0) > maxSize) throw tooLarge(maxSize)
}

/** Pictures are compressed as they are; what is packed once more would be taken for none. */
function refuseEncoding({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (/^(identity)?$/i.test(encoding.trim())) return
  throw new ServeError(
    415,
    'wrongEncoding',
    'The request has a Content-Encoding, but bodies are not unpacked here.',
    'Send the picture as it is, without Content-Encoding.',
    { 'accept-encoding': 'identity' },
  )
}

/** Counts the bytes of all files of a request: the length of a body may come without being announced. */
function totalOf({ maxSize }: UploadLimits): Total {
  let sum = 0
  return bytes => {
    sum += bytes
    if (sum > maxSize) throw tooLarge(maxSize)
  }
}

const tooLarge = (maxSize: number): ServeError =>
  new ServeError(
    413,
    'bodyTooLarge',
    `The request is larger than ${formatBytes(maxSize)}.`,
    'Send fewer or smaller pictures, or start the service with a larger --max-size.',
  )

/** Names come from outside: they are cut where they are longer than any file's. */
const nameOf = (name: string): string => (name === '' ? 'the picture' : [...name].slice(0, 255).join(''))

export const howToSend =
  'Send a picture as the body (Content-Type: image/…), or files as multipart/form-data: curl -F file=@picture.png'
