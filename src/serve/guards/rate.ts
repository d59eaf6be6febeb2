import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { retryAfter, ServeError } from '../serve-error.js'

/** Lets so many requests a minute of each client through, told apart by address; the 5,000 last ones are remembered. */
export async function rateGuard(
  app: FastifyInstance,
  perMinute: number,
): Promise<(request: FastifyRequest) => Promise<void>> {
  await app.register(rateLimit, { global: false })
  const count = app.createRateLimit({ max: perMinute, timeWindow: 60_000 })
  return async request => {
    const found = await count(request)
    if (found.isAllowed || !found.isExceeded) return
    throw new ServeError(
      429,
      'tooManyRequests',
      `More than ${perMinute} requests came from this address within a minute.`,
      'Wait as long as Retry-After says; several pictures can be sent in one request.',
      retryAfter(found.ttlInSeconds),
    )
  }
}
