/** Aborts what waits too long without news. */
export interface Patience {
  readonly signal: AbortSignal
  /** News came: the time starts anew. */
  renew(): void
  /** No longer needed; nothing keeps the process alive. */
  end(): void
}

/** @param signal aborts as well, at once and with its own reason */
export function startPatience(milliseconds: number, signal?: AbortSignal): Patience {
  const controller = new AbortController()
  const silence = () => controller.abort(new Error(`no byte came for ${milliseconds / 1000} seconds`))
  const timer = setTimeout(silence, milliseconds)
  return {
    signal: signal ? AbortSignal.any([signal, controller.signal]) : controller.signal,
    renew: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  }
}
