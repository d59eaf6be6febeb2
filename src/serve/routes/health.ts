import type { FastifyInstance } from 'fastify'
import type { HealthAnswer } from './answers.js'

const health = (description: string, status: HealthAnswer['status']) => ({
  description,
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: { status: { type: 'string', enum: [status] } },
})

const schema = {
  operationId: 'health',
  summary: 'Whether the service takes requests',
  security: [],
  response: { 200: health('It does.', 'ok'), 503: health('It is stopping.', 'stopping') },
}

/** `GET /health`: for those who watch the service. */
export function addHealth(app: FastifyInstance, traffic: { readonly stopping: boolean }): void {
  app.get<{ Reply: HealthAnswer }>('/health', { schema }, async (_, reply) => {
    if (!traffic.stopping) return { status: 'ok' }
    return reply.code(503).send({ status: 'stopping' })
  })
}
