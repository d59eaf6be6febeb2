import type { FastifyInstance } from 'fastify'

/** For everything but the page, which has a policy of its own. */
const nothingAllowed = "default-src 'none'; frame-ancestors 'none'"

/** What tells browsers to be careful with every answer. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'content-security-policy': nothingAllowed,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })
}
