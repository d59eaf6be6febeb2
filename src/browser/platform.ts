import type { Platform, Thread } from '../base/platform.js'

interface BrowserWorker {
  postMessage(message: unknown): void
  addEventListener(
    type: 'message' | 'error',
    listener: (event: { data?: unknown; message?: string }) => void,
  ): void
  terminate(): void
}

/** What is used of a browser: with these few words the library does without the DOM's types. */
export interface Browser {
  readonly crossOriginIsolated?: boolean
  readonly navigator?: { readonly hardwareConcurrency?: number }
  readonly Worker?: new (url: string) => BrowserWorker
}

/**
 * A page or a worker of one. Threads share memory, which browsers allow only to pages that are cross-origin isolated;
 * elsewhere everything runs on the caller's thread.
 */
export function platformOf(browser: Browser): Platform {
  const { Worker, crossOriginIsolated } = browser
  const threads = Worker !== undefined && crossOriginIsolated === true
  return {
    cores: browser.navigator?.hardwareConcurrency ?? 1,
    spawn: threads ? source => new WebWorkerThread(Worker, source) : null,
    ...(threads ? {} : { withoutThreads: reason(browser) }),
    pause,
    terminal: null,
  }
}

/** Browsers let a timer wait four milliseconds, and a second where the page is not seen; a message is there at once. */
const pause = (): Promise<void> =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })

const reason = ({ Worker }: Browser): string =>
  Worker === undefined
    ? 'this environment has no Web Workers'
    : 'the page is not cross-origin isolated: serve it with "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"'

/** An error without a message is not the script's: it was never loaded. */
const notLoaded =
  'a Web Worker was not loaded; where the page has a Content-Security-Policy, it must allow "worker-src blob:"'

/** A Web Worker whose script is a text: nothing beside the page need be served. */
class WebWorkerThread implements Thread {
  private readonly worker: BrowserWorker
  private readonly url: string

  constructor(Worker: NonNullable<Browser['Worker']>, source: string) {
    this.url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    this.worker = new Worker(this.url)
  }

  post(message: unknown): void {
    this.worker.postMessage(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.worker.addEventListener('message', event => listener(event.data))
  }

  onDeath(listener: (reason: Error) => void): void {
    this.worker.addEventListener('error', event => listener(new Error(event.message ?? notLoaded)))
  }

  /** A page lives as long as it is open, whatever its workers do. */
  keepAlive(): void {}

  end(): void {
    this.worker.terminate()
    URL.revokeObjectURL(this.url)
  }
}

/** Where this code runs. */
export const browserPlatform: Platform = platformOf(globalThis as Browser)
