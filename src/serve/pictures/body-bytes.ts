import type { Readable } from 'node:stream'

/**
 * All bytes of a stream. When it goes wrong, or `signal` aborts, the rest is read and thrown away; the stream is not destroyed,
 * for with it would go the connection that the refusal is to be sent over.
 *
 * @param take hears of every chunk before it is kept, and may refuse it
 */
export function bodyBytes(
  stream: Readable,
  take: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const rest = () => {
      stream.off('data', keep).off('end', end).off('error', fail).off('close', cut)
      signal.removeEventListener('abort', leave)
    }
    const fail = (error: unknown) => {
      rest()
      stream.on('error', () => undefined).resume()
      reject(error)
    }
    const keep = (chunk: Buffer) => {
      try {
        take(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        fail(error)
      }
    }
    const end = () => {
      rest()
      resolve(Buffer.concat(chunks))
    }
    const cut = () => fail(new Error('the connection was closed before everything had come'))
    const leave = () => fail(signal.reason)
    if (signal.aborted) return leave()
    if (stream.destroyed) return fail(stream.errored ?? new Error('the stream has ended already'))
    signal.addEventListener('abort', leave, { once: true })
    stream.on('data', keep).once('end', end).once('error', fail).once('close', cut)
  })
}
