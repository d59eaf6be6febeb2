import { basename, resolve } from 'node:path'
import { OptionError } from '../base/errors.js'
import { unknownName } from '../base/nearest.js'
import { loadClassifier } from '../node/load-classifier.js'
import { isLoopback } from '../serve/guards/loopback.js'
import { logLevels, type ServeOptions, serveDefaults } from '../serve/serve-options.js'
import { type Service, startService } from '../serve/service.js'
import { listenForInterrupt } from './interruption.js'
import type { CliIo } from './io.js'

/** The options of `fovea serve` as they were given. */
export interface ServeFlags extends Partial<Omit<ServeOptions, 'name' | 'apiKey' | 'log'>> {
  readonly apiKeyEnv?: string
  readonly log?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Does what `fovea serve` is asked for, until Ctrl-C or SIGTERM; returns the exit code. */
export async function serve(
  path: string,
  flags: ServeFlags,
  io: CliIo,
  environment: Environment = process.env,
): Promise<number> {
  const options = optionsOf(path, flags, environment)
  const classifier = await loadClassifier(path)
  let stop = () => {}
  const stopped = new Promise<void>(resolve => {
    stop = resolve
  })
  const interruption = listenForInterrupt(io, stop, ['SIGINT', 'SIGTERM'])
  try {
    const service = await startService(classifier, options, { write: line => io.err(line.trimEnd()) })
    tell(service, options, io)
    await stopped
    return await end(service, options, io)
  } finally {
    interruption.release()
  }
}

function tell({ url }: Service, { name, host, apiKey }: ServeOptions, io: CliIo): void {
  if (!isLoopback(host) && apiKey === null)
    io.err(
      `Warning: ${host} can be reached by others, and no API key is asked for: whoever finds the service can use it.\n  Set FOVEA_API_KEY, or leave --host away to serve this machine alone.`,
    )
  const key = apiKey === null ? '' : ' -H "X-API-Key: $FOVEA_API_KEY"'
  io.out(
    `${name} is served at ${url} (a page to try it); or: curl${key} -F file=@picture.png ${url}/v1/predict`,
  )
}

async function end(service: Service, { grace }: ServeOptions, io: CliIo): Promise<number> {
  io.err('Stopping: what has been accepted is answered first. Once more stops at once.')
  const givenUp = await service.stop()
  if (givenUp === 0) return 0
  io.err(`${givenUp} requests took longer than ${grace} seconds more and were not answered.`)
  return 1
}

function optionsOf(
  path: string,
  { apiKeyEnv, log, ...flags }: ServeFlags,
  environment: Environment,
): ServeOptions {
  const level = log === undefined ? serveDefaults.log : logLevels.find(name => name === log)
  if (!level) throw unknownName('log level', log!, logLevels)
  const options = {
    ...serveDefaults,
    ...flags,
    name: basename(resolve(path)).replace(/\.safetensors$/, ''),
    apiKey: apiKeyOf(apiKeyEnv, environment),
    log: level,
  }
  if (options.port > 65_535)
    throw new OptionError(
      `--port should be at most 65,535, but is ${options.port}.`,
      'For example: --port 8080',
    )
  return options
}

/** Never an option: the words of a command line can be read by every account of a machine. */
function apiKeyOf(name: string | undefined, environment: Environment): string | null {
  const key = environment[name ?? 'FOVEA_API_KEY']
  if (key === undefined && name === undefined) return null
  if (key !== undefined && key.trim() !== '') return key.trim()
  throw new OptionError(
    `The environment variable ${name ?? 'FOVEA_API_KEY'} should hold the API key, but is ${key === undefined ? 'not set' : 'empty'}.`,
    name === undefined
      ? 'Set it to a key, or unset it to ask for none.'
      : `For example: export ${name}=$(openssl rand -hex 24)`,
  )
}
