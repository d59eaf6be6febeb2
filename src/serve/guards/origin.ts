import type { FastifyRequest } from 'fastify'
import { ServeError } from '../serve-error.js'

/** Refuses what a page of another site sends in its reader's name. Programs send neither header. */
export function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  const isOwn = site === undefined ? isOwnOrigin(headers.origin, headers.host) : ownSites.includes(site)
  if (isOwn) return
  throw new ServeError(
    403,
    'otherSite',
    'The request comes from a page of another site.',
    'Ask from a program, or from the page of this service.',
  )
}

const ownSites: unknown[] = ['same-origin', 'none']

const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin === undefined || origin.replace(/^https?:\/\//, '') === host
