import { setMaxListeners } from 'node:events'
import type { ServerResponse } from 'node:http'
import { retryAfter, ServeError } from './serve-error.js'

/** The time a request has: it ends with it, or when its client has gone. What is done for it listens to the signal. */
export class Deadline {
  private readonly controller = new AbortController()
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly response: ServerResponse,
    seconds: number,
  ) {
    setMaxListeners(0, this.controller.signal) // every picture of a form listens
    this.timer = setTimeout(() => this.controller.abort(tooSlow(seconds)), seconds * 1000)
    response.once('close', this.gone)
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** The result of `work`, or the refusal when the time is over first. */
  async meet<T>(work: Promise<T>): Promise<T> {
    const { signal } = this
    let leave = () => {}
    const over = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason)
      signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([work, over])
    } finally {
      signal.removeEventListener('abort', leave)
      this.end()
    }
  }

  /** Whatever is still under way for the request has no reason any more. */
  private end(): void {
    clearTimeout(this.timer)
    this.response.off('close', this.gone)
    this.controller.abort(new ServeError(499, 'answered', 'The request has been answered.'))
  }

  private readonly gone = () =>
    this.controller.abort(new ServeError(499, 'clientGone', 'The client has closed the connection.'))
}

const tooSlow = (seconds: number): ServeError =>
  new ServeError(
    503,
    'timeout',
    `The answer took longer than ${seconds} seconds.`,
    'Send it again later, or in smaller parts.',
    retryAfter(1),
  )
