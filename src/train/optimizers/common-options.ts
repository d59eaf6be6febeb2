import { OptionError } from '../../base/errors.js'
import { checkAbove0, checkFrom0 } from '../option-checks.js'
import { type AveragingOptions, averagingOptionNames } from './averaging-options.js'
import type { LearningRate } from './options.js'
import { readGroups, type WeightGroup } from './weight-groups.js'

/** What every optimizer takes, as in Keras 3. Of the three ways to clip gradients one may be chosen. */
export interface CommonOptions extends AveragingOptions {
  /** A number above 0, or a schedule. */
  readonly learningRate?: LearningRate
  /**
   * Decoupled decay (Loshchilov & Hutter 2019): before each update w ← w - w · weightDecay · learningRate. Unlike an L2
   * penalty it is no part of the loss. Default null: none (adamw: 0.004).
   */
  readonly weightDecay?: number | null
  /** Scales the gradient of each weight down to at most this norm. Default null. */
  readonly clipNorm?: number | null
  /** Scales all gradients down by one factor, so that together they have at most this norm. Default null. */
  readonly globalClipNorm?: number | null
  /** Keeps each number of a gradient within -clipValue … clipValue. Default null. */
  readonly clipValue?: number | null
  /** Weights with a rate or a decay of their own. Default none. */
  readonly groups?: readonly WeightGroup[]
}

export const commonOptionNames = [
  'learningRate',
  'weightDecay',
  'clipNorm',
  'globalClipNorm',
  'clipValue',
  'groups',
  ...averagingOptionNames,
] as const satisfies (keyof CommonOptions)[]

/** How gradients are kept from being too large; null: they are not. */
export type Clipping = { readonly by: ClipName; readonly limit: number } | null
export type ClipName = (typeof clipNames)[number]

const clipNames = ['clipNorm', 'globalClipNorm', 'clipValue'] as const

/** The common options, checked, but for the learning rate and averages. */
export interface CommonSettings {
  readonly weightDecay: number | null
  readonly clipping: Clipping
  readonly groups: readonly WeightGroup[]
}

export function readCommon(
  optimizer: string,
  { weightDecay = null, groups = [], ...rest }: CommonOptions,
): CommonSettings {
  if (weightDecay !== null) checkFrom0(optimizer, 'weightDecay', weightDecay)
  return { weightDecay, clipping: readClipping(optimizer, rest), groups: readGroups(optimizer, groups) }
}

function readClipping(optimizer: string, options: CommonOptions): Clipping {
  const [by, another] = clipNames.filter(name => (options[name] ?? null) !== null)
  if (by === undefined) return null
  if (another !== undefined)
    throw new OptionError(
      `${optimizer}: ${by} and ${another} came together, but gradients are clipped in one way only.`,
      `Keep one of ${clipNames.join(', ')}.`,
    )
  const limit = options[by]!
  checkAbove0(optimizer, by, limit)
  return { by, limit }
}

/** As plain JSON, what is off left out; `weightDecay` also where null is not what it is by default. */
export function commonConfig(
  { weightDecay, clipping, groups }: CommonSettings,
  usualDecay: number | null,
): Record<string, unknown> {
  return {
    ...((weightDecay !== null || usualDecay !== null) && { weightDecay }),
    ...(clipping && { [clipping.by]: clipping.limit }),
    ...(groups.length > 0 && { groups }),
  }
}
