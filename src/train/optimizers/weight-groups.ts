import { OptionError } from '../../base/errors.js'
import { refuseUnknownOptions } from '../../base/nearest.js'
import { isRecord } from '../../base/record.js'
import { checkFrom0 } from '../option-checks.js'
import type { OptimizedWeight } from './updates.js'

/** Weights that are treated in another way than the rest. Of several groups that name a weight the first counts. */
export interface WeightGroup {
  /** Full names of weights, or patterns: `*` stands for any text and `?` for one letter. `*beta` are all betas. */
  readonly weights: string | readonly string[]
  /** Their learning rate is so many times the optimizer's, 0 or more. Default 1; with 0 they stay as they are. */
  readonly learningRateFactor?: number
  /** Their decay instead of the optimizer's; null for none. It is not multiplied by `learningRateFactor`. */
  readonly weightDecay?: number | null
}

/** Reads and checks the option `groups`. */
export function readGroups(optimizer: string, groups: unknown): readonly WeightGroup[] {
  if (!Array.isArray(groups))
    throw new OptionError(
      `${optimizer}: groups must be a list, but ${JSON.stringify(groups)} came.`,
      "Write groups: [{ weights: '*/beta', learningRateFactor: 64 }].",
    )
  for (const [i, group] of groups.entries()) checkGroup(`${optimizer}: groups[${i}]`, group)
  return groups
}

function checkGroup(who: string, group: unknown): void {
  if (!isRecord(group)) throw new OptionError(`${who} must be an object, but ${JSON.stringify(group)} came.`)
  refuseUnknownOptions(who, group, ['weights', 'learningRateFactor', 'weightDecay'])
  checkPatterns(who, group.weights)
  const { learningRateFactor = 1, weightDecay = null } = group as Partial<WeightGroup>
  checkFrom0(who, 'learningRateFactor', learningRateFactor)
  if (weightDecay !== null) checkFrom0(who, 'weightDecay', weightDecay)
}

/** Refuses what is neither a pattern nor a list of them. */
export function checkPatterns(who: string, weights: unknown): void {
  const patterns = Array.isArray(weights) ? weights : [weights]
  if (patterns.length > 0 && patterns.every(pattern => typeof pattern === 'string' && pattern !== '')) return
  throw new OptionError(
    `${who}: weights must be a name, or a list of names, but ${JSON.stringify(weights)} came.`,
    "For example '*/bias', or ['conv2d/kernel', 'conv2d_1/kernel'].",
  )
}

/** Whether a weight's name is one of these, or fits one. */
export function matches(weights: string | readonly string[], name: string): boolean {
  return [weights].flat().some(pattern => expressionOf(pattern).test(name))
}

const expressionOf = (pattern: string): RegExp => {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

/** The number of the group that counts for a weight; -1: none. */
export const groupIndex = (groups: readonly WeightGroup[], name: string): number =>
  groups.findIndex(({ weights }) => matches(weights, name))

/** Refuses groups without a member: a misspelt name would otherwise be a setting without effect. */
export function checkMembers(
  optimizer: string,
  groups: readonly WeightGroup[],
  weights: readonly OptimizedWeight[],
): void {
  const names = weights.filter(({ trainable }) => trainable).map(({ name }) => name)
  for (const [i, group] of groups.entries()) {
    if (names.some(name => groupIndex(groups, name) === i)) continue
    const who = `${optimizer}: groups[${i}] (${quoted(group.weights)})`
    if (names.some(name => matches(group.weights, name)))
      throw new OptionError(
        `${who} has no weight left: those it names belong to groups before it.`,
        'Of several groups the first that names a weight counts: put this one before them.',
      )
    throw new OptionError(`${who} names no weight of the network that is trained.`, listed(names))
  }
}

export const quoted = (weights: string | readonly string[]): string =>
  [weights]
    .flat()
    .map(pattern => `"${pattern}"`)
    .join(', ')

const mostNames = 16

/** `There are conv2d/kernel, conv2d/bias and 30 more.` */
export function listed(names: readonly string[]): string {
  const rest = names.length - mostNames
  return rest > 1
    ? `There are ${names.slice(0, mostNames).join(', ')} and ${rest} more.`
    : `There are ${names.join(', ')}.`
}
