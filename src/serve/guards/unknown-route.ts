import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import { ServeError } from '../serve-error.js'

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST']

/** Refuses what no route answers: an address nobody knows, or a known one asked in another way. */
export function refuseUnknown(app: FastifyInstance, { is404, url, method }: FastifyRequest): void {
  if (!is404) return
  const path = url.split('?')[0]!
  const allowed = methods.filter(method => app.hasRoute({ method, url: path }))
  if (allowed.length === 0)
    throw new ServeError(
      404,
      'notFound',
      `There is nothing at ${path.slice(0, 200)}.`,
      'See /openapi.json for what there is.',
    )
  throw new ServeError(
    405,
    'wrongMethod',
    `${path} does not answer ${method}.`,
    `Use ${allowed.join(' or ')}.`,
    { allow: allowed.join(', ') },
  )
}
