import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { refuseUnreadable } from './client-error.js'
import { errorAnswer } from './errors.js'
import type { RefusedAnswer } from './routes/answers.js'
import { ServeError } from './serve-error.js'
import type { ServeOptions } from './serve-options.js'

/** Where log lines go. */
export interface LogStream {
  write(line: string): void
}

/** A server that answers nothing yet, and every error in our words. */
export function bareServer(
  { log: level, timeout, maxSize }: ServeOptions,
  stream: LogStream,
): FastifyInstance {
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
export async function addBodies(http: FastifyInstance, { maxFiles, maxSize }: ServeOptions): Promise<void> {
  http.removeAllContentTypeParsers()
  for (const type of [/^image\//, /^application\/octet-stream/])
    http.addContentTypeParser(type, (_, payload, done) => done(null, payload))
  await http.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: maxFiles, fileSize: maxSize + 1, fields: 16, fieldSize: 1024, parts: maxFiles + 16 },
  })
}
