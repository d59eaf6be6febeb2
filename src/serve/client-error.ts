import type { Socket } from 'node:net'
import type { RefusedAnswer } from './routes/answers.js'

const timeoutCodes: unknown[] = ['ERR_HTTP_REQUEST_TIMEOUT']
const overflowCodes: unknown[] = ['HPE_HEADER_OVERFLOW']

/** Answers what is not HTTP, or never comes to its end: no request was made of it, so no route can. */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, reason, code, message] = refusalOf(error.code)
  const answer: RefusedAnswer = { error: { code, message } }
  const body = JSON.stringify(answer)
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}

function refusalOf(code: string | undefined): readonly [number, string, string, string] {
  if (timeoutCodes.includes(code))
    return [408, 'Request Timeout', 'slowRequest', 'The request did not come to its end in time.']
  if (overflowCodes.includes(code))
    return [431, 'Request Header Fields Too Large', 'largeHeaders', 'The headers are too large.']
  return [400, 'Bad Request', 'notHttp', 'This is not a request in HTTP/1.1.']
}
