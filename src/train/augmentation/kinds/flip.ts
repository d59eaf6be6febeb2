import { defaulting } from '../../../nn/options/rule.js'
import { type Affine, mirrored, unmoved, upsideDown } from '../affine.js'
import { kind } from '../kind.js'
import type { Geometry } from '../part.js'
import { probability } from '../rules.js'

const sometimes = (p: number, affine: Affine): Geometry => ({
  kind: 'geometry',
  whole: true,
  fill: null,
  draw: ({ random }) => (random.uniform() < p ? affine : unmoved),
})

export const flip = kind({
  specs: { p: defaulting(probability, 0.5) },
  positional: ['p'],
  parts: ({ p }) => [sometimes(p, mirrored)],
})

export const verticalFlip = kind({
  specs: { p: defaulting(probability, 0.5) },
  positional: ['p'],
  parts: ({ p }) => [sometimes(p, upsideDown)],
})

export const alternatingFlip = kind({
  specs: {},
  positional: [],
  parts: () => [
    {
      kind: 'geometry',
      whole: true,
      fill: null,
      draw: ({ epoch, lasting }) => ((lasting().uint32() + epoch) % 2 === 0 ? mirrored : unmoved),
    },
  ],
})
