import { OptionError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import type { Recipe } from '../../recipes/index.js'
import { optimizerFromName } from '../../train/optimizers/index.js'
import { scheduleConfig, scheduleFromConfig } from '../../train/schedules/registry.js'

/** The options of `fovea train` that an optimizer has. */
export interface OptimizerFlags {
  readonly optimizer?: string
  readonly learningRate?: number
  readonly schedule?: string
  readonly momentum?: number
  readonly weightDecay?: number
}

/** An optimizer in `config.json`. */
export interface OptimizerSettings {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

/** The recipe's optimizer with what was given beside it, or the one that was asked for. */
export function optimizerSettings({ compile }: Recipe, flags: OptimizerFlags): OptimizerSettings {
  const { name: recipes, ...own } = compile.optimizer
  const { name } = optimizerFromName(flags.optimizer ?? recipes)
  const options = name === recipes ? own : { learningRate: 0.001 }
  const { momentum, weightDecay } = flags
  checkMomentum(name, momentum)
  return settingsOf(name, {
    ...options,
    learningRate: learningRateOf(options.learningRate, flags),
    ...(momentum !== undefined && { momentum }),
    ...(weightDecay !== undefined && { weightDecay }),
  })
}

/** Every option has its value, so that a run stays as it is when defaults change. */
const settingsOf = (name: string, options: Readonly<Record<string, unknown>>): OptimizerSettings => ({
  name,
  options: optimizerFromName(name, options).config(),
})

function checkMomentum(name: string, momentum: number | undefined): void {
  if (momentum === undefined || 'momentum' in settingsOf(name, {}).options) return
  throw new OptionError(`--momentum is an option of sgd, but the optimizer is ${name}.`, 'Leave it out.')
}

/** A number, or with a schedule its plain JSON; `--learning-rate` is then the rate that the rest of it follows from. */
function learningRateOf(recipes: unknown, { learningRate, schedule }: OptimizerFlags): unknown {
  const own = isRecord(recipes) ? recipes : null
  if (schedule === undefined && own === null) return learningRate ?? recipes
  const name = schedule ?? String(own?.name)
  const leading = leadingOption(name)
  const rate = learningRate ?? own?.[leadingOption(String(own.name))] ?? recipes
  return scheduleConfig(scheduleFromConfig({ ...(own?.name === name && own), name, [leading]: rate }))
}

/** Schedules take the rate that everything else follows from as `from`, but for these. */
const leadingOptions: Readonly<Record<string, string>> = { constant: 'rate', oneCycle: 'peak' }

function leadingOption(schedule: string): string {
  if (schedule !== 'piecewise') return leadingOptions[schedule] ?? 'from'
  throw new OptionError(
    '--schedule piecewise needs points.',
    'Give them in code: schedules.piecewise({ points }).',
  )
}
