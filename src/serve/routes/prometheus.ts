import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { errorsOf } from './schemas.js'

const schema = {
  operationId: 'metrics',
  summary: 'Counters and durations, for Prometheus',
  produces: ['text/plain'],
  response: { 200: { description: "Prometheus' text format.", type: 'string' }, ...errorsOf(401, 421, 429) },
}

/** `GET /metrics` */
export function addPrometheus(app: FastifyInstance, registry: Registry): void {
  app.get('/metrics', { schema }, async (_, reply) => {
    reply.type(registry.contentType)
    return registry.metrics()
  })
}
