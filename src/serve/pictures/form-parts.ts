import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { ServeError } from '../serve-error.js'

/** The files of a form in their order; its other fields are passed over. */
export async function* formParts(
  request: FastifyRequest,
  { maxFiles }: { readonly maxFiles: number },
): AsyncGenerator<MultipartFile, void> {
  const parts = request.files()
  for (;;) {
    const next = await parts.next().catch(cause => {
      throw asRefusal(cause, maxFiles)
    })
    if (next.done) return
    yield next.value
  }
}

const limitCodes: unknown[] = ['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT']

/** What the parser of forms complains about, as a refusal. */
export function asRefusal(cause: unknown, maxFiles: number): unknown {
  if (cause instanceof ServeError || !(cause instanceof Error)) return cause
  if ('code' in cause && limitCodes.includes(cause.code))
    return new ServeError(
      413,
      'tooManyFiles',
      `The form has more than ${maxFiles} files.`,
      'Send them in several requests, or start the service with a larger --max-files.',
    )
  return new ServeError(
    400,
    'malformedForm',
    `The form cannot be read: ${cause.message}.`,
    'Let a library write the form, and do not set its Content-Type by hand: the boundary must be in it.',
  )
}
