import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.map': 'application/json' }

export interface Site {
  /** Of its page, which is empty. */
  readonly url: string
  close(): Promise<void>
}

/** Headers that let a page share memory with its workers. */
export const isolating = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/**
 * Serves the built package as it is under `/dist/`, some files by their paths, and an empty page for everything else, with
 * these headers.
 */
export async function openSite(
  headers: Readonly<Record<string, string>> = {},
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<Site> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const bytes = files.get(pathname)
    if (bytes) {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream', ...headers }).end(bytes)
      return
    }
    if (pathname.startsWith('/missing/')) {
      response.writeHead(404, headers).end()
      return
    }
    if (!pathname.startsWith('/dist/')) {
      response.writeHead(200, { 'Content-Type': 'text/html', ...headers })
      response.end('<!doctype html><title>Fovea</title>')
      return
    }
    const type = types[extname(pathname)] ?? 'application/octet-stream'
    const file = createReadStream(join(dist, pathname.slice('/dist/'.length)))
    file.once('open', () => file.pipe(response.writeHead(200, { 'Content-Type': type, ...headers })))
    file.once('error', () => response.writeHead(404).end())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
