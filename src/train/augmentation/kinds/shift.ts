import { OptionError } from '../../../base/errors.js'
import type { Random } from '../../../base/random.js'
import { absent, defaulting, required } from '../../../nn/options/rule.js'
import { shifted } from '../affine.js'
import { checkFits, kind } from '../kind.js'
import type { Geometry } from '../part.js'
import type { Fill } from '../pictures.js'
import { count, fill, shareBelow1 } from '../rules.js'

/** A whole number of -most … most. */
const upTo = (random: Random, most: number): number => random.integer(2 * most + 1) - most

const shifting = (right: number, down: number, fill: Fill): Geometry => ({
  kind: 'geometry',
  whole: true,
  fill,
  draw: ({ random }) => shifted(upTo(random, right), upTo(random, down)),
})

export const shift = kind({
  specs: {
    pixels: absent(count('2')),
    share: absent(shareBelow1('0.1')),
    fill: defaulting(fill, 'reflect'),
  },
  positional: ['pixels', 'fill'],
  shareOption: 'share',
  checkOptions({ pixels, share }) {
    if ((pixels === undefined) === (share === undefined))
      throw new OptionError(
        `shift: either pixels or share must be given, but ${pixels === undefined ? 'neither' : 'both'} came.`,
        'For example shift({ pixels: 2 }), or shift({ share: 0.1 }) for a tenth of each side.',
      )
  },
  checkPictures: ({ pixels = 0 }, pictures) => checkFits('shift', 'pixels:', pixels, pictures),
  parts({ pixels, share = 0, fill }, { width, height }) {
    return [shifting(pixels ?? Math.round(share * width), pixels ?? Math.round(share * height), fill)]
  },
})

export const crop = kind({
  specs: { padding: required(count('4')), fill: defaulting(fill, 'black') },
  positional: ['padding', 'fill'],
  checkPictures: ({ padding }, pictures) => checkFits('crop', 'padding:', padding, pictures),
  parts: ({ padding, fill }) => [shifting(padding, padding, fill)],
})
