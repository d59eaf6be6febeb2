import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ServeError } from '../serve-error.js'

/** Lets through who sends the key, as `Authorization: Bearer KEY` or `X-API-Key: KEY`. */
export function keyGuard(key: string): (request: FastifyRequest) => void {
  const wanted = digest(key)
  return ({ headers }) => {
    const sent = sentKey(headers)
    // Digests are of the same length, so that comparing them takes the same time whatever was sent.
    if (sent !== null && timingSafeEqual(digest(sent), wanted)) return
    throw new ServeError(
      401,
      sent === null ? 'noKey' : 'wrongKey',
      sent === null ? 'This service asks for an API key.' : 'The API key is not the one of this service.',
      'Send it as "Authorization: Bearer KEY" or "X-API-Key: KEY".',
      { 'www-authenticate': 'Bearer' },
    )
  }
}

function sentKey({ authorization, 'x-api-key': key }: FastifyRequest['headers']): string | null {
  const bearer = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]
  return bearer?.trim() ?? (typeof key === 'string' ? key : null)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
