import { OptionError } from '../../base/errors.js'
import { isRecord } from '../../base/record.js'
import { resolveOptions, show } from '../../nn/options/resolve.js'
import type { AnyKind } from './kind.js'
import { type AugmentName, augmentName, kinds } from './registry.js'

/** One augmentation of a list, as plain JSON: its name, and every option with its value. */
export interface AugmentStep {
  readonly name: AugmentName
  readonly [option: string]: unknown
}

/** An augmentation as it may be written down: options that are not there get their defaults. */
export interface AugmentConfig {
  readonly name: string
  readonly [option: string]: unknown
}

/** Reads the options of one augmentation, fills in the defaults, and refuses what does not fit. */
export function stepOf(given: string, options: unknown): AugmentStep {
  const name = augmentName(given)
  const { specs, checkOptions }: AnyKind = kinds[name]
  const resolved = resolveOptions(name, specs, options)
  checkOptions?.(resolved as never)
  return { name, ...resolved }
}

/**
 * The list as it was written down: `[{ name: 'shift', pixels: 2 }, { name: 'flip' }]`. Options that are not there get their
 * defaults.
 *
 * @throws OptionError for names and options nobody knows, with the nearest known, and for values that cannot be
 */
export function augmentationFromConfig(config: unknown): AugmentStep[] {
  if (!Array.isArray(config))
    throw new OptionError(
      `augment: a list of augmentations was expected, but ${show(config)} came.`,
      "For example [augment.flip(), augment.shift({ pixels: 2 })], or [{ name: 'flip' }].",
    )
  return config.map(stepFromConfig)
}

function stepFromConfig(config: unknown, place: number): AugmentStep {
  if (!isRecord(config) || typeof config.name !== 'string')
    throw new OptionError(
      `augment: entry ${place + 1} of the list should be { name, …options }, but ${show(config)} came.`,
      "For example { name: 'shift', pixels: 2 }, which is augment.shift({ pixels: 2 }).",
    )
  const { name, ...options } = config
  return stepOf(name, options)
}
