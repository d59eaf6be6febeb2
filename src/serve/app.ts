import { availableParallelism } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { Classifier } from '../classify/classifier.js'
import { addBodies, bareServer, type LogStream } from './bare-server.js'
import { Engine } from './batches/engine.js'
import { addGuards } from './guards/guards.js'
import { Metrics } from './metrics.js'
import { addPage } from './page/route.js'
import { Allowance } from './pictures/allowance.js'
import { PictureReader } from './pictures/picture-reader.js'
import { addHealth } from './routes/health.js'
import { addModel } from './routes/model.js'
import { addOpenApi } from './routes/openapi.js'
import { PictureDesk } from './routes/picture-desk.js'
import { addPredict } from './routes/predict.js'
import { addPrometheus } from './routes/prometheus.js'
import { addSecurityHeaders } from './security-headers.js'
import { retryAfter, ServeError } from './serve-error.js'
import type { ServeOptions } from './serve-options.js'
import { Traffic } from './traffic.js'

/** All there is to a service but its socket. */
export interface ServeApp {
  readonly http: FastifyInstance
  readonly traffic: Traffic
}

/** Bytes that all requests together may hold; a single one always has room. */
const memoryOfBodies = 256 * 1024 ** 2

/** Makes the service: routes, guards, and the engine behind them, which is tried once. */
export async function createApp(
  classifier: Classifier<Uint8Array>,
  options: ServeOptions,
  log: LogStream,
): Promise<ServeApp> {
  const metrics = new Metrics()
  const traffic = new Traffic(metrics)
  const engine = await Engine.start(classifier, (pictures, seconds) => metrics.batch(pictures, seconds))
  const http = bareServer(options, log)
  traffic.watch(http)
  addSecurityHeaders(http)
  await addGuards(http, options)
  await addBodies(http, options)
  await addRoutes(http, { classifier, options, metrics, traffic, engine })
  return { http, traffic }
}

interface Parts {
  readonly classifier: Classifier<Uint8Array>
  readonly options: ServeOptions
  readonly metrics: Metrics
  readonly traffic: Traffic
  readonly engine: Engine
}

async function addRoutes(http: FastifyInstance, parts: Parts): Promise<void> {
  const { classifier, options, metrics, traffic, engine } = parts
  const { name, queue, maxSize, maxPixels, maxFiles, timeout, apiKey } = options
  const { withoutFocus } = engine
  const places = new Allowance(queue, busy)
  const memory = new Allowance(Math.max(memoryOfBodies, maxSize), busy)
  metrics.gauge('fovea_queue_pictures', 'Pictures that wait for a batch', () => engine.waiting)
  metrics.gauge(
    'fovea_accepted_pictures',
    'Pictures being read, decoded, waiting or computed',
    () => places.inUse,
  )
  metrics.gauge('fovea_requests_under_way', 'Requests not yet answered', () => traffic.underWay)
  const reader = new PictureReader(classifier, maxPixels, availableParallelism())
  const desk = new PictureDesk(classifier, reader, engine, metrics)
  await addOpenApi(http, name, apiKey !== null)
  addPredict(http, {
    model: name,
    desk,
    limits: { maxSize, maxFiles, places, memory },
    timeout,
    withoutFocus,
  })
  addModel(http, name, classifier, withoutFocus === null)
  addHealth(http, traffic)
  addPrometheus(http, metrics.registry)
  addPage(http)
}

const busy = (): ServeError =>
  new ServeError(
    503,
    'busy',
    'As many pictures as this service takes at a time are under way.',
    'Send it again when Retry-After is over.',
    retryAfter(1),
  )
