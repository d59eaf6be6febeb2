import { OptionError } from '../../base/errors.js'
import { formatShape } from '../../base/shape.js'
import type { OptionSpec, Resolved } from '../../nn/options/rule.js'
import type { Part } from './part.js'
import type { Pictures } from './pictures.js'

type Specs = Readonly<Record<string, OptionSpec<unknown>>>

/** One sort of augmentation: its options, what it refuses, and what it is made of. */
export interface AugmentKind<S extends Specs = Specs> {
  readonly specs: S
  /** Options whose names may be left out on a command line, in this order: `shift:2:edge`. */
  readonly positional: readonly (keyof S & string)[]
  /** The option a first value between 0 and 1 belongs to instead: `shift:0.1`. */
  readonly shareOption?: keyof S & string
  /** Mixes pictures, and what they show, with others of their batch. */
  readonly mixes?: boolean
  /** Refuses options that contradict each other. */
  checkOptions?(options: Resolved<S>): void
  /** Refuses pictures that do not suit the options. */
  checkPictures?(options: Resolved<S>, pictures: Pictures): void
  parts(options: Resolved<S>, pictures: Pictures): readonly Part[]
}

/** Any kind: how its options are typed is its own matter. */
export type AnyKind = Omit<AugmentKind, 'checkOptions' | 'checkPictures' | 'parts'> & {
  checkOptions?(options: never): void
  checkPictures?(options: never, pictures: Pictures): void
  parts(options: never, pictures: Pictures): readonly Part[]
}

/** Keeps the options' types while a kind is written down. */
export const kind = <S extends Specs>(definition: AugmentKind<S>): AugmentKind<S> => definition

/** Refuses what is not smaller than a picture (or, with `orAsLarge`, not larger). */
export function checkFits(
  who: string,
  what: string,
  pixels: number,
  { height, width }: Pictures,
  orAsLarge = false,
): void {
  const side = Math.min(height, width)
  if (pixels < side || (orAsLarge && pixels === side)) return
  const most = orAsLarge ? side : side - 1
  throw new OptionError(
    `${who}: ${what} ${pixels} does not fit pictures of ${formatShape([height, width])} pixels.`,
    `Give at most ${most}.`,
  )
}

/** Refuses pictures without red, green and blue. */
export function checkColours(who: string, { channels }: Pictures): void {
  if (channels === 3) return
  throw new OptionError(
    `${who} changes colours, but the pictures have ${channels === 1 ? '1 channel: they are grey' : `${channels} channels`}.`,
    'Leave it out; brightness and contrast work for any number of channels.',
  )
}
