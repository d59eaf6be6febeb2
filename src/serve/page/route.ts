import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { servePage } from './page.js'

/** `GET /`: a page to try it. Its policy names its style and its script by their digests: nothing else runs. */
export function addPage(app: FastifyInstance): void {
  const { html, style, script } = servePage()
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${digest(style)}'`,
    `script-src 'sha256-${digest(script)}'`,
    "connect-src 'self'",
    'img-src blob: data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  app.get('/', { schema: { hide: true } }, async (_, reply) => {
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8')
    return html
  })
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64')
