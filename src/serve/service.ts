import { type AddressInfo, isIPv6, Server } from 'node:net'
import type { Classifier } from '../classify/classifier.js'
import { createApp, type ServeApp } from './app.js'
import type { LogStream } from './bare-server.js'
import { listenError } from './listen-error.js'
import type { ServeOptions } from './serve-options.js'

/** A service that listens. */
export interface Service {
  readonly url: string
  /** Answers what has been accepted, then closes; returns how many requests were given up because that took too long. */
  stop(): Promise<number>
}

/**
 * Serves a classifier until it is told to stop.
 *
 * @param log gets lines of JSON
 * @throws OptionError where nobody can listen at the address
 */
export async function startService(
  classifier: Classifier<Uint8Array>,
  options: ServeOptions,
  log: LogStream,
): Promise<Service> {
  const app = await createApp(classifier, options, log)
  const { host, port } = options
  try {
    await app.http.listen({ host, port, listenTextResolver: address => `listening at ${address}` })
  } catch (error) {
    await app.http.close()
    throw listenError(error, host, port)
  }
  return { url: urlOf(app, host), stop: () => stop(app, options.grace) }
}

function urlOf({ http }: ServeApp, host: string): string {
  const { port } = http.server.address() as AddressInfo
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

/**
 * No new connection is accepted; on those that are open every request is still answered, as the last one of its connection, so
 * that no client meets a closed door it was not told of. When nothing has been under way for a moment, all are closed.
 */
async function stop({ http, traffic }: ServeApp, grace: number): Promise<number> {
  traffic.stop()
  stopListening(http.server)
  const deadline = performance.now() + grace * 1000
  for (let quiet = 0; quiet < quietMoments && performance.now() < deadline; ) {
    await new Promise(resolve => setTimeout(resolve, momentMs))
    quiet = traffic.underWay === 0 ? quiet + 1 : 0
  }
  const givenUp = traffic.underWay
  http.server.closeAllConnections()
  await http.close()
  return givenUp
}

/** HTTP's own `close` would end connections at once on which the next request may just be on its way. */
const stopListening = (server: Server): void => void Server.prototype.close.call(server)

const momentMs = 50
/** So many moments in a row without a request: a quarter of a second. */
const quietMoments = 5
