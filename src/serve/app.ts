import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Classifier } from '../classify/classifier.js'
import { Engine } from './batches/engine.js'
import { refuseUnreadable } from './client-error.js'
import { errorAnswer } from './errors.js'
import { addGuards } from './guards/guards.js'
import { Metrics } from './metrics.js'
import { addPage } from './page/route.js'
import { Allowance } from './pictures/allowance.js'
import { PictureReader } from './pictures/picture-reader.js'
import type { RefusedAnswer } from './routes/answers.js'
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

/** Where log lines go. */
export interface LogStream {
  write(line: string): void
}

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

function bareServer({ log: level, timeout, maxSize }: ServeOptions, stream: LogStream): FastifyInstance {
  const http = Fastify({
    logger: { level, stream },
    logController: new LogController({ disableRequestLogging: true }), // `Traffic` writes one line a request
    genReqId: () => randomUUID(),
    bodyLimit: maxSize,
    // Whoever has not sent all by then is cut off; before, our own timeout has answered.
    requestTimeout: (timeout + 5) * 1000,
    return503OnClosing: false, // the service closes when everything has been answered
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, _, reply) => void answerError(error, reply as never),
  })
  http.setSerializerCompiler(() => JSON.stringify) // schemas describe answers and do not shape them
  http.setErrorHandler((error, request, reply) => {
    const { status } = errorAnswer(error)
    if (status >= 500 && !(error instanceof ServeError)) request.log.error(error, 'failed')
    return answerError(error, reply)
  })
  return http
}

interface Replying {
  code(status: number): { headers(values: object): { send(body: RefusedAnswer): unknown } }
}

function answerError(error: unknown, reply: Replying): unknown {
  const { status, headers, error: note } = errorAnswer(error)
  return reply.code(status).headers(headers).send({ error: note })
}

/** Bodies are streams here: they are counted and read where they are wanted. */
async function addBodies(http: FastifyInstance, { maxFiles, maxSize }: ServeOptions): Promise<void> {
  http.removeAllContentTypeParsers()
  for (const type of [/^image\//, /^application\/octet-stream/])
    http.addContentTypeParser(type, (_, payload, done) => done(null, payload))
  await http.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: maxFiles, fileSize: maxSize + 1, fields: 16, fieldSize: 1024, parts: maxFiles + 16 },
  })
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
