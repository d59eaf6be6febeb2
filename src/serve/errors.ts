import type { PictureFault } from '../node/pictures/picture-error.js'
import { PictureError } from '../node/pictures/picture-error.js'
import { ServeError } from './serve-error.js'

/** How every refusal is written. */
export interface ErrorNote {
  /** For programs. */
  readonly code: string
  readonly message: string
  /** What to do. */
  readonly advice?: string
}

export interface ErrorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly error: ErrorNote
}

/** What is said to the client about an error of any kind. Of what is wrong inside nothing but that is said. */
export function errorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof ServeError)
    return { status: error.status, headers: error.headers, error: note(error.code, error) }
  if (error instanceof PictureError) {
    const [status, code] = pictureFaults[error.fault]
    return { status, headers: {}, error: note(code, error) }
  }
  return fromFramework(error) ?? internal
}

const pictureFaults: Readonly<Record<PictureFault, readonly [status: number, code: string]>> = {
  unknown: [422, 'notAPicture'],
  broken: [422, 'brokenPicture'],
  tooLarge: [413, 'tooManyPixels'],
}

const note = (
  code: string,
  { problem, advice }: { readonly problem: string; readonly advice?: string | undefined },
): ErrorNote => ({ code, message: problem, ...(advice !== undefined && { advice }) })

const internal: ErrorAnswer = {
  status: 500,
  headers: {},
  error: {
    code: 'internal',
    message: 'Something went wrong inside the service.',
    advice: 'Its log says what, under the id of this request.',
  },
}

/** What Fastify refuses by itself, in our words. */
function fromFramework(error: unknown): ErrorAnswer | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongType
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (!(status >= 400 && status < 500)) return null
  const code = 'validation' in error ? 'badQuery' : 'badRequest'
  return {
    status,
    headers: {},
    error: { code, message: `${error.message}.`, advice: 'See /openapi.json for what may be asked.' },
  }
}

const wrongType: ErrorAnswer = {
  status: 415,
  headers: {},
  error: {
    code: 'wrongType',
    message: 'The Content-Type is none that can hold a picture.',
    advice: 'Send image/…, application/octet-stream or multipart/form-data.',
  },
}
