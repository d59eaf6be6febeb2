import { OptionError } from '../../src/base/errors.js'
import { parseOptions } from '../parse-options.js'

export interface ServeBenchArguments {
  readonly help: boolean
  readonly json: boolean
  readonly connections: number
  readonly seconds: number
  /** A run folder or a model file; null: the tutorial's network with random weights. */
  readonly model: string | null
}

export const usage = `npm run bench:serve -- [options]

Starts "fovea serve" as a process, asks it good and bad questions over many connections, watches its memory, and
stops it in the middle of load.

  --connections <n>  open at the same time (default: 200)
  --seconds <n>      of load (default: 60)
  --model <path>     a run folder or a model file (default: the tutorial's network, random weights)
  --json             print the result as JSON`

export function parseServeArguments(list: readonly string[]): ServeBenchArguments {
  const values = parseOptions('bench:serve', list, {
    help: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    connections: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    model: { type: 'string' },
  })
  return {
    help: values.help,
    json: values.json,
    connections: whole('--connections', values.connections),
    seconds: whole('--seconds', values.seconds),
    model: values.model ?? null,
  }
}

function whole(option: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new OptionError(`${option} should be a whole number of at least 1, but is "${text}".`)
}
