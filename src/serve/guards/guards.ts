import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServeOptions } from '../serve-options.js'
import { refuseStrangeHost } from './host.js'
import { keyGuard } from './key.js'
import { isLoopback } from './loopback.js'
import { refuseOtherSites } from './origin.js'
import { rateGuard } from './rate.js'
import { refuseUnknown } from './unknown-route.js'

type Guard = (request: FastifyRequest) => void | Promise<void>

/** Who asks without the key may still see that the service lives, and the page that asks for the key. */
const open: unknown[] = ['/', '/health']

/** Puts before every route what a request must pass before anything of it is read. */
export async function addGuards(app: FastifyInstance, options: ServeOptions): Promise<void> {
  for (const guard of await guardsOf(app, options)) app.addHook('onRequest', async request => guard(request))
}

async function guardsOf(app: FastifyInstance, { host, rate, apiKey }: ServeOptions): Promise<Guard[]> {
  const guards: Guard[] = isLoopback(host) ? [refuseStrangeHost] : []
  guards.push(request => (request.method === 'POST' ? refuseOtherSites(request) : undefined))
  // Before the key, so that keys cannot be tried out faster.
  if (rate !== null) guards.push(except(['/health'], await rateGuard(app, rate)))
  if (apiKey !== null) guards.push(except(open, keyGuard(apiKey)))
  guards.push(request => refuseUnknown(app, request))
  return guards
}

const except =
  (routes: readonly unknown[], guard: Guard): Guard =>
  request =>
    routes.includes(request.routeOptions.url) ? undefined : guard(request)
