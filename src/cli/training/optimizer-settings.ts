import { OptionError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import type { Recipe } from '../../recipes/index.js'
import { optimizerFromName, optimizerNames } from '../../train/optimizers/registry.js'
import { matches, type WeightGroup } from '../../train/optimizers/weight-groups.js'
import { scheduleConfig, scheduleFromConfig, scheduleName } from '../../train/schedules/registry.js'

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

/** The recipe's optimizer with what was given beside it; or the one that was asked for, with defaults of its own. */
export function optimizerSettings(
  { compile }: Pick<Recipe, 'compile'>,
  flags: OptimizerFlags,
): OptimizerSettings {
  const { name: recipes, ...own } = compile.optimizer
  const { name, learningRate } = optimizerFromName(flags.optimizer ?? recipes)
  const { momentum, weightDecay } = flags
  checkMomentum(name, momentum)
  const options: Options = name === recipes ? own : {}
  return settingsOf(name, {
    ...(weightDecay === 0 ? withoutDecay(options) : options),
    learningRate: learningRateOf(options.learningRate ?? learningRate, flags),
    ...(momentum !== undefined && { momentum }),
    ...(weightDecay && { weightDecay }),
  })
}

/** Without the recipe's groups of weights that another network than the recipe's does not have: batch normalization's, say. */
export function withGroupsFor(
  { name, options }: OptimizerSettings,
  weights: readonly string[],
): OptimizerSettings {
  const { groups, ...rest } = options
  if (!Array.isArray(groups)) return { name, options }
  const members = (groups as WeightGroup[]).filter(group =>
    weights.some(weight => matches(group.weights, weight)),
  )
  return { name, options: { ...rest, ...(members.length > 0 && { groups: members }) } }
}

type Options = Readonly<Record<string, unknown>>

/** Every option has its value, so that a run stays as it is when defaults change. */
const settingsOf = (name: string, options: Options): OptimizerSettings => ({
  name,
  options: optimizerFromName(name, options).config(),
})

/** None for any weight: also not for groups that have one of their own, nor by default. */
function withoutDecay({ groups, others, ...options }: Options): Options {
  return {
    ...options,
    weightDecay: null,
    ...(Array.isArray(groups) && { groups: groups.map(({ weightDecay: _, ...group }) => group) }),
    ...(isRecord(others) && { others: withoutDecay(others) }),
  }
}

const hasMomentum = (name: string): boolean => 'momentum' in settingsOf(name, {}).options

function checkMomentum(name: string, momentum: number | undefined): void {
  if (momentum === undefined || hasMomentum(name)) return
  throw new OptionError(
    `--momentum was given, but the optimizer is ${name}, which has no such option.`,
    `Leave it out, or choose an optimizer that has it: ${optimizerNames.filter(hasMomentum).join(', ')}.`,
  )
}

/** A number, or with a schedule its plain JSON; `--learning-rate` is then the rate that the rest of it follows from. */
function learningRateOf(recipes: unknown, { learningRate, schedule }: OptimizerFlags): unknown {
  const own = isRecord(recipes) ? recipes : null
  if (schedule === undefined && own === null) return learningRate ?? recipes
  const name = schedule === undefined ? String(own?.name) : scheduleName(schedule)
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
