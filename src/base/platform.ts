/**
 * What the library half needs from where it runs. Node and browsers each give their own (`index.node.ts`,
 * `index.ts`); without one, everything works on the caller's thread.
 */
export interface Platform {
  /** Cores this process may use. */
  readonly cores: number
  /** Starts a thread that runs `source` (plain JavaScript); null where threads are not to be had, with the reason. */
  readonly spawn: ((source: string) => Thread) | null
  /** Why there are no threads, for the notice. */
  readonly withoutThreads?: string
  /** Switches on WebAssembly's relaxed SIMD where the runtime has it behind a flag; true when that may have helped. */
  readonly allowRelaxedSimd?: () => boolean
  /** Gives the event loop a turn. */
  pause(): Promise<void>
  /** Where a line can be drawn over and over (a progress bar); null where output is a file, a pipe or a console. */
  readonly terminal: Terminal | null
}

export interface Terminal {
  readonly columns: number
  write(text: string): void
}

export interface Thread {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The thread died: an error nobody caught, or an end nobody asked for. */
  onDeath(listener: (reason: Error) => void): void
  /** While true, the thread keeps the process alive. */
  keepAlive(yes: boolean): void
  end(): void
}

let current: Platform = {
  cores: 1,
  spawn: null,
  withoutThreads: 'no platform was given',
  pause: () => new Promise(resolve => setTimeout(resolve, 0)),
  terminal: null,
}

export const usePlatform = (platform: Platform): void => {
  current = platform
}

export const currentPlatform = (): Platform => current
