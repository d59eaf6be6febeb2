import { unknownName } from '../src/base/nearest.js'
import { positiveNumber, wholeNumber } from '../src/cli/options.js'
import { parseOptions } from './parse-options.js'

export interface Arguments {
  readonly threads: number
  readonly rounds: number
  /** Length of a window. */
  readonly seconds: number
  /** Names of systems; null for all. */
  readonly only: readonly string[] | null
  /** The result as JSON on standard output. */
  readonly json: boolean
  /** Keep the report in `bench/results.md`. */
  readonly write: boolean
  /** The Node that Fovea runs on. */
  readonly node: string
  readonly help: boolean
}

export const usage = `npm run bench -- [options]

  --threads N      threads for everybody who has threads (default 2)
  --rounds N       windows each, taken in turns (default 7)
  --seconds S      length of a window (default 0.7)
  --quick          3 rounds of 0.3 s
  --only A,B       only these systems beside Fovea
  --node PATH      the Node that Fovea runs on
  --json           print the result as JSON
  --write          keep the report in bench/results.md
  --help           this text`

/** @param names of the systems there are */
export function parseArguments(list: readonly string[], names: readonly string[]): Arguments {
  const values = parseOptions('bench', list, options)
  const { quick = false, only } = values
  return {
    threads: wholeNumber('--threads', 1, '2')(values.threads ?? '2'),
    rounds: wholeNumber('--rounds', 1, '7')(values.rounds ?? (quick ? '3' : '7')),
    seconds: positiveNumber('--seconds', '0.7')(values.seconds ?? (quick ? '0.3' : '0.7')),
    only: only === undefined ? null : only.split(',').map(name => knownName(name.trim(), names)),
    json: values.json ?? false,
    write: values.write ?? false,
    node: values.node ?? process.execPath,
    help: values.help ?? false,
  }
}

const options = {
  threads: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  quick: { type: 'boolean' },
  only: { type: 'string' },
  node: { type: 'string' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

function knownName(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name
  throw unknownName('system', name, names)
}
