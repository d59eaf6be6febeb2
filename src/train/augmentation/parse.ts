import { OptionError } from '../../base/errors.js'
import type { AnyKind } from './kind.js'
import { type AugmentName, augmentName, augmentNames, kinds } from './registry.js'
import { type AugmentStep, augmentationFromConfig, stepOf } from './step.js'

/**
 * A list of augmentations as it is written on a command line: names with their most important options in order,
 * `flip,shift:2,shift:0.1,rotation:15:edge,mixup:0.2`; `none`; or the whole as JSON, `[{"name":"shift","share":0.1}]`. With a plus
 * sign in front, `+flip,shift:4`, what `own` has is done as well, unless it has the same name.
 *
 * @throws OptionError that lists the known names, or says which options may follow a name
 */
export function parseAugmentation(text: string, own: readonly AugmentStep[] = []): AugmentStep[] {
  const trimmed = text.trim()
  if (trimmed.startsWith('+')) {
    const added = parseAugmentation(trimmed.slice(1))
    return [...own.filter(({ name }) => !added.some(step => step.name === name)), ...added]
  }
  if (trimmed.startsWith('[') || trimmed.startsWith('{')) return parseJson(trimmed)
  if (trimmed === '' || trimmed === 'none') return []
  return trimmed.split(',').map(parseStep)
}

function parseJson(text: string): AugmentStep[] {
  let config: unknown
  try {
    config = JSON.parse(text)
  } catch {
    throw new OptionError(
      `augment: ${text} is not valid JSON.`,
      'For example [{"name":"shift","pixels":2}], or in short: shift:2',
    )
  }
  return augmentationFromConfig(Array.isArray(config) ? config : [config])
}

function parseStep(text: string): AugmentStep {
  const [word = '', ...values] = text.split(':').map(part => part.trim())
  if (word === '')
    throw new OptionError(
      `augment: a name is missing in "${text}".`,
      `Separate names by single commas. Known: ${augmentNames.join(', ')}.`,
    )
  const name = augmentName(word)
  const options = optionsOf(name, Number(values[0]))
  if (values.length > options.length)
    throw new OptionError(`augment: "${text}" gives ${name} too many values.`, syntaxOf(name))
  checkGiven(name, values.length)
  return stepOf(
    name,
    Object.fromEntries(values.map((value, i) => [options[i]!, readValue(name, options[i]!, value)])),
  )
}

/** Refuses a name without the values it needs, with an example that can be written behind `--augment`. */
function checkGiven(name: AugmentName, given: number): void {
  const { positional, specs, shareOption }: AnyKind = kinds[name]
  const option = positional[given]
  if (option === undefined) return
  const { rule, presence } = specs[option]!
  const needed = presence === 'required' || (given === 0 && shareOption !== undefined)
  if (!needed) return
  const other = shareOption === undefined ? '' : `, or ${name}:0.1 for a tenth of each side`
  throw new OptionError(
    `augment: ${name} has no value for ${option}.`,
    `For example ${name}:${rule.example}${other}.`,
  )
}

/** Which options the values after a name are. */
function optionsOf(name: AugmentName, first: number): readonly string[] {
  const { positional, shareOption }: AnyKind = kinds[name]
  return shareOption !== undefined && first > 0 && first < 1
    ? [shareOption, ...positional.slice(1)]
    : positional
}

function readValue(name: AugmentName, option: string, text: string): unknown {
  if (text === '') throw new OptionError(`augment: ${name} has no value for ${option}.`, syntaxOf(name))
  const value = Number(text)
  return Number.isNaN(value) ? text : value
}

/** `Write rotation:DEGREES:FILL.` */
function syntaxOf(name: AugmentName): string {
  const { positional, shareOption }: AnyKind = kinds[name]
  const values = positional.map(option => `:${option.toUpperCase()}`).join('')
  if (values === '') return `Write ${name} alone.`
  const other = shareOption === undefined ? '' : `, or ${name}:0.1 for a tenth of each side`
  return `Write ${name}${values}${other}.`
}
