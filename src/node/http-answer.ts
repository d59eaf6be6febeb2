import { FileError } from '../base/errors.js'
import { formatCount } from '../base/format.js'

/** A failure that may pass: worth another connection. */
export class RetryError extends Error {
  /** The bytes received so far are of no use. */
  readonly discard: boolean

  constructor(reason: string, { discard = false } = {}) {
    super(reason)
    this.discard = discard
  }
}

/** What a server will send. */
export interface Answer {
  /** Nothing: we have it all. */
  readonly complete: boolean
  /** The first byte of the file that comes. */
  readonly from: number
  /** Bytes of the whole file; null when the server does not say. */
  readonly total: number | null
}

/** Too busy or not well just now. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Reads status and lengths, believing none that contradict each other or what we asked for.
 *
 * @param have bytes we have: the request asked for the rest
 * @param size bytes of the whole file, where known
 * @throws RetryError when another attempt may help, FileError when none will
 */
export function readAnswer(url: string, response: Response, have: number, size: number | undefined): Answer {
  const { status } = response
  if (passing.has(status)) throw new RetryError(`the server answers ${statusText(response)}`)
  if (status === 416) return nothingMore(response, have)
  if (status !== 200 && status !== 206) throw refused(url, response)
  const answer = status === 206 ? resumed(response, have) : fromTheStart(response)
  if (size !== undefined && answer.total !== null && answer.total !== size)
    throw anotherFile(url, answer.total, size)
  return answer
}

function fromTheStart({ headers }: Response): Answer {
  const length = headers.get('content-length')
  // A compressed answer's length is not that of the file.
  const says = length !== null && headers.get('content-encoding') === null
  return { complete: false, from: 0, total: says ? Number(length) : null }
}

function resumed({ headers }: Response, have: number): Answer {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? []
  if (Number(from) !== have) throw new RetryError('the server resumed at another place', { discard: true })
  return { complete: false, from: have, total: total === '*' ? null : Number(total) }
}

/** "Range not satisfiable": we have everything, or something longer that cannot be right. */
function nothingMore({ headers }: Response, have: number): Answer {
  const [, total] = /^bytes \*\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
  if (Number(total) !== have)
    throw new RetryError('the server has no more bytes than we have', { discard: true })
  return { complete: true, from: have, total: have }
}

const statusText = ({ status, statusText }: Response): string => `${status} ${statusText}`.trim()

const refused = (url: string, response: Response): FileError =>
  new FileError(
    `${url}: the server answers ${statusText(response)}.`,
    'Fetch the file with a browser, or from elsewhere, and use --data.',
  )

const anotherFile = (url: string, came: number, expected: number): FileError =>
  new FileError(
    `${url}: the server offers ${formatCount(came)} bytes, but the file has ${formatCount(expected)}.`,
    'That is another file (a sign-in page of the network, perhaps). Fetch it elsewhere and use --data.',
  )
