import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Pictures that came with it so far. */
    pictures: number
  }
}

/** Requests under way. Each is counted and logged when its answer has gone, or its client. */
export class Traffic {
  private requests = 0
  private stops = false

  constructor(private readonly metrics: Metrics) {}

  get underWay(): number {
    return this.requests
  }

  get stopping(): boolean {
    return this.stops
  }

  /** From now on every answer is the last of its connection. */
  stop(): void {
    this.stops = true
  }

  watch(app: FastifyInstance): void {
    app.decorateRequest('pictures', 0)
    app.addHook('onRequest', async (request, reply) => this.begin(request, reply))
    // As late as possible: whether the service stops may change while a request is under way.
    app.addHook('onSend', async (_, reply) => {
      if (this.stops) reply.header('connection', 'close')
    })
  }

  private begin(request: FastifyRequest, reply: FastifyReply): void {
    this.requests++
    reply.header('x-request-id', request.id)
    let wasSent = false
    reply.raw.once('finish', () => {
      wasSent = true
    })
    reply.raw.once('close', () => {
      this.requests--
      this.tell(request, reply, wasSent ? reply.statusCode : clientGone)
    })
  }

  private tell(request: FastifyRequest, reply: FastifyReply, status: number): void {
    const { method, url, ip, pictures } = request
    const route = request.is404 ? undefined : request.routeOptions.url
    this.metrics.request(method, route, status, reply.elapsedTime / 1000)
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ method, path: url.split('?')[0], status, ms, pictures, client: ip }, 'request')
  }
}

/** What nginx calls a request whose client has not waited. */
const clientGone = 499
