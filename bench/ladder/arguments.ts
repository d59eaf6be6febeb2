import { OptionError } from '../../src/base/errors.js'
import { wholeNumber } from '../../src/cli/options.js'
import { parseOptions } from '../parse-options.js'
import type { Layer } from './layers.js'

export interface LadderArguments {
  readonly threads: number
  readonly layers: readonly Layer[]
  readonly deterministic: boolean
  /** Whether speeds are wanted, too. */
  readonly timed: boolean
  readonly json: boolean
  readonly write: boolean
  readonly help: boolean
}

export const usage = `npm run bench:ladder -- [options]

  --threads N       threads that compute (default 1)
  --only TEXT       only layers with this in their name, for example "ResNet"
  --deterministic   kernels that multiply, then add, against the peak of these
  --verify          hold the kernels against the float64 reference, and measure nothing
  --json            print the result as JSON
  --write           keep the report in bench/ladder/results.md
  --help            this text`

/** @param ladder all layers there are */
export function parseLadderArguments(list: readonly string[], ladder: readonly Layer[]): LadderArguments {
  const {
    threads = '1',
    only,
    deterministic,
    verify,
    json,
    write,
    help,
  } = parseOptions('bench:ladder', list, options)
  return {
    threads: wholeNumber('--threads', 1, '2')(threads),
    layers: only === undefined ? ladder : chosen(ladder, only),
    deterministic: deterministic ?? false,
    timed: !verify,
    json: json ?? false,
    write: write ?? false,
    help: help ?? false,
  }
}

const options = {
  threads: { type: 'string' },
  only: { type: 'string' },
  deterministic: { type: 'boolean' },
  verify: { type: 'boolean' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** What `--only` looks at, and tables show. */
export const titleOf = ({ network, name }: Layer): string => `${network} ${name}`

function chosen(ladder: readonly Layer[], text: string): readonly Layer[] {
  const layers = ladder.filter(layer => titleOf(layer).toLowerCase().includes(text.toLowerCase()))
  if (layers.length > 0) return layers
  const networks = [...new Set(ladder.map(({ network }) => network))]
  throw new OptionError(
    `bench:ladder: no layer has "${text}" in its name.`,
    `There are: ${networks.join(', ')}.`,
  )
}
