/** How a classifier is served. */
export interface ServeOptions {
  /** What the model is called in answers. */
  readonly name: string
  /** Address to listen at. Default `127.0.0.1`: nobody but this machine. */
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** What clients must send; null: everybody may ask. */
  readonly apiKey: string | null
  /** Bytes of a request's body at most. */
  readonly maxSize: number
  /** Pixels of a picture at most, held against what its header says. */
  readonly maxPixels: number
  /** Files of a form at most. */
  readonly maxFiles: number
  /** Pictures that may be on their way to the network at the same time: being read, decoded, or waiting. */
  readonly queue: number
  /** Requests a minute from one client; null: as many as it likes. */
  readonly rate: number | null
  /** Seconds that a prediction may take, its upload included. */
  readonly timeout: number
  /** Seconds that requests under way have when the service stops. */
  readonly grace: number
  /** From which level on the log speaks. */
  readonly log: LogLevel
}

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

export const serveDefaults: Omit<ServeOptions, 'name'> = {
  host: '127.0.0.1',
  port: 8080,
  apiKey: null,
  maxSize: 20 * 1024 ** 2,
  maxPixels: 100_000_000,
  maxFiles: 64,
  queue: 256,
  rate: null,
  timeout: 30,
  grace: 30,
  log: 'info',
}
