import { FoveaError } from '../base/errors.js'

/** A request that is refused: with which status, and a code that programs can go by. */
export class ServeError extends FoveaError {
  constructor(
    readonly status: number,
    readonly code: string,
    problem: string,
    advice?: string,
    /** Beside the usual ones, `Retry-After` for example. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem, advice)
  }
}

/** The client may come again in so many seconds. */
export const retryAfter = (seconds: number) => ({ 'retry-after': String(Math.max(1, Math.ceil(seconds))) })
