import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import type { OptionSpec } from './rule.js'

type Given = Readonly<Record<string, unknown>>

/**
 * Reads what a user gave by the rules, fills in the defaults, and throws an OptionError for a value that breaks its
 * rule, an option that is missing and an option nobody knows. `who` begins the messages: `Conv2D "stem"`.
 */
export function resolveOptions(
  who: string,
  specs: Readonly<Record<string, OptionSpec<unknown>>>,
  given: unknown,
): Given {
  if (!isRecord(given))
    throw new OptionError(`${who}: the options must be an object, but ${show(given)} came.`, example(specs))
  refuseUnknownOptions(who, given, Object.keys(specs))
  const resolved: Record<string, unknown> = {}
  for (const [option, spec] of Object.entries(specs)) {
    const value = readOption(who, option, spec, given[option])
    if (value !== undefined) resolved[option] = value
  }
  return resolved
}

/** A value as it stands in code, for messages; of long ones, as a tensor of pictures is, the beginning. */
export function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'undefined') return String(value)
  const text = JSON.stringify(value) ?? typeof value
  return text.length <= longest ? text : `${[...text.slice(0, longest)].slice(0, -1).join('')}…`
}

const longest = 200

function readOption(who: string, option: string, spec: OptionSpec<unknown>, given: unknown): unknown {
  const { rule, presence } = spec
  if (given === undefined) {
    if (presence === 'required')
      throw new OptionError(`${who}: ${option} is missing.`, `For example ${option}: ${rule.example}.`)
    return presence === 'absent' ? undefined : presence.fallback
  }
  const value = rule.read(given)
  if (value === undefined)
    throw new OptionError(
      `${who}: ${option} must be ${rule.expected}, but ${show(given)} came.`,
      rule.advise?.(given) ?? `For example ${option}: ${rule.example}.`,
    )
  return value
}

function example(specs: Readonly<Record<string, OptionSpec<unknown>>>): string {
  const needed = Object.entries(specs).filter(([, spec]) => spec.presence === 'required')
  return `For example { ${needed.map(([option, spec]) => `${option}: ${spec.rule.example}`).join(', ')} }.`
}
