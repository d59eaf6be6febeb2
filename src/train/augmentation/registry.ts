import { unknownName } from '../../base/nearest.js'
import { knownName } from '../../nn/names.js'
import type { AnyKind } from './kind.js'
import { brightness, contrast, hue, saturation } from './kinds/colours.js'
import { alternatingFlip, flip, verticalFlip } from './kinds/flip.js'
import { cutmix, cutout, mixup } from './kinds/mixing.js'
import { randAugment } from './kinds/rand-augment.js'
import { crop, shift } from './kinds/shift.js'
import { rotation, shear, zoom } from './kinds/warp.js'

/** Every augmentation that can be asked for by name. */
export const kinds = {
  flip,
  alternatingFlip,
  verticalFlip,
  shift,
  crop,
  rotation,
  zoom,
  shear,
  brightness,
  contrast,
  saturation,
  hue,
  cutout,
  mixup,
  cutmix,
  randAugment,
} as const satisfies Readonly<Record<string, AnyKind>>

export type AugmentName = keyof typeof kinds

export const augmentNames = Object.keys(kinds) as AugmentName[]

/** The name as it is written here: other spellings are understood, for unknown ones the nearest is offered. */
export function augmentName(given: string): AugmentName {
  const known = knownName(given, augmentNames)
  if (known === undefined) throw unknownName('augmentation', given, augmentNames)
  return known
}
