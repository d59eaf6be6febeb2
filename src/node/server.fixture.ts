import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine that answers as a test says. */
export interface TestServer {
  readonly url: string
  /** The Range header of each request so far; null where there was none. */
  readonly ranges: (string | null)[]
  close(): Promise<void>
}

export type Answer = (response: ServerResponse, request: IncomingMessage, count: number) => void

/** Starts a server; `answer` is told how many requests came before this one. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const ranges: (string | null)[] = []
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? null)
    answer(response, request, ranges.length - 1)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}/file`, ranges, close }
}

/** First byte asked for. */
export const rangeStart = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)

/** Answers well, whole or in part. */
export function sendFrom(response: ServerResponse, bytes: Uint8Array, from: number): void {
  const headers = { 'content-length': bytes.length - from }
  if (from === 0) response.writeHead(200, headers)
  else
    response.writeHead(206, {
      ...headers,
      'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    })
  response.end(bytes.subarray(from))
}

/** Announces everything from `from` on, sends only up to `to`, then hangs up. */
export function sendThenCut(response: ServerResponse, bytes: Uint8Array, from: number, to: number): void {
  const headers = { 'content-length': bytes.length - from }
  if (from === 0) response.writeHead(200, headers)
  else
    response.writeHead(206, {
      ...headers,
      'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    })
  response.write(bytes.subarray(from, to), () => setTimeout(() => response.destroy(), 20))
}
