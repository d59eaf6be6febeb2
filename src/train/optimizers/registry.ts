import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import { knownName } from '../../nn/names.js'
import { type AdamOptions, adam, adamw } from './adam.js'
import { type LionOptions, lion } from './lion.js'
import { type MuonOptions, muon } from './muon.js'
import type { Optimizer } from './optimizer.js'
import { type RmspropOptions, rmsprop } from './rmsprop.js'
import { type SgdOptions, sgd } from './sgd.js'

/** Every optimizer that can be asked for by name, with the options its factory takes. */
const factories = {
  sgd: (options: Readonly<Record<string, unknown>>) => sgd(options as SgdOptions),
  adam: (options: Readonly<Record<string, unknown>>) => adam(options as AdamOptions),
  adamw: (options: Readonly<Record<string, unknown>>) => adamw(options as AdamOptions),
  rmsprop: (options: Readonly<Record<string, unknown>>) => rmsprop(options as RmspropOptions),
  lion: (options: Readonly<Record<string, unknown>>) => lion(options as LionOptions),
  muon: (options: Readonly<Record<string, unknown>>) => muon(withOthers(options) as MuonOptions),
} satisfies Record<string, (options: Readonly<Record<string, unknown>>) => Optimizer>

export type OptimizerName = keyof typeof factories

export const optimizerNames = Object.keys(factories) as OptimizerName[]

/** The optimizer of this name; `options` as `config()` gives them. Other spellings are understood (`AdamW`), an unknown name offers the nearest. */
export function optimizerFromName(name: string, options: Readonly<Record<string, unknown>> = {}): Optimizer {
  const known = knownName(name, optimizerNames)
  if (known === undefined) throw unknownName('optimizer', name, optimizerNames)
  return factories[known](options)
}

/** An optimizer as plain JSON: its name, and the options of the factory of this name. */
export interface OptimizerConfig {
  readonly name: string
  readonly [option: string]: unknown
}

/** The optimizer that plain JSON describes: `{ name: 'sgd', momentum: 0.9 }`, or a name for the defaults. */
export function optimizerFromConfig(config: OptimizerConfig | string, who = 'compile'): Optimizer {
  const { name, ...options } = isRecord(config) ? config : { name: config }
  if (typeof name === 'string') return optimizerFromName(name, options)
  throw new OptionError(
    `${who}: an optimizer must be a name or { name, … }, but ${JSON.stringify(config)} came.`,
    "For example { name: 'sgd', learningRate: 0.1 }.",
  )
}

/** The option `others` as `config()` gives it becomes the optimizer it describes. */
function withOthers(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { others } = options
  if (others === undefined || isOptimizer(others)) return options
  return { ...options, others: optimizerFromConfig(others as OptimizerConfig, 'muon: others') }
}

const isOptimizer = (value: unknown): value is Optimizer => isRecord(value) && 'record' in value
