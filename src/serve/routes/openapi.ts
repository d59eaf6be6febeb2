import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

const schemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  header: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
} as const

/** `GET /openapi.json`, made of the schemas of the routes that are added after it. */
export async function addOpenApi(app: FastifyInstance, name: string, withKey: boolean): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: `${name}, served by Fovea`,
        description: 'A classifier of pictures.',
        version: '1',
      },
      ...(withKey && {
        components: { securitySchemes: schemes },
        security: [{ bearer: [] }, { header: [] }],
      }),
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
