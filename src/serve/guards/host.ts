import type { FastifyRequest } from 'fastify'
import { ServeError } from '../serve-error.js'
import { hostnameOf, isLoopback } from './loopback.js'

/**
 * Refuses requests that call this machine by a stranger's name. A web page can let its own name point to 127.0.0.1 (DNS
 * rebinding); to the browser the service would then be a part of that page, which could read its answers.
 */
export function refuseStrangeHost({ headers }: FastifyRequest): void {
  if (isLoopback(hostnameOf(headers.host ?? ''))) return
  throw new ServeError(
    421,
    'wrongHost',
    'This service is for its own machine, and was called by another name than localhost.',
    'Call it http://127.0.0.1, or start it with --host to serve others; a proxy should send "Host: localhost".',
  )
}
