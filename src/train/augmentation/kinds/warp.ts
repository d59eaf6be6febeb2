import { defaulting, required } from '../../../nn/options/rule.js'
import { type Affine, rotated, sheared, zoomed } from '../affine.js'
import { kind } from '../kind.js'
import type { Geometry } from '../part.js'
import type { Fill } from '../pictures.js'
import { fill, notNegative, shareBelow1, upTo } from '../rules.js'

/** An affine map for a number drawn from -most … most. */
const warp = (most: number, fill: Fill, mapOf: (amount: number) => Affine): Geometry => ({
  kind: 'geometry',
  whole: false,
  fill,
  draw: ({ random }) => mapOf(random.uniform(-most, most)),
})

export const rotation = kind({
  specs: { degrees: required(upTo(180, '15')), fill: defaulting(fill, 'reflect') },
  positional: ['degrees', 'fill'],
  parts: ({ degrees, fill }) => [warp(degrees / 360, fill, rotated)],
})

export const zoom = kind({
  specs: { range: required(shareBelow1('0.1')), fill: defaulting(fill, 'reflect') },
  positional: ['range', 'fill'],
  parts: ({ range, fill }) => [warp(range, fill, amount => zoomed(1 + amount))],
})

export const shear = kind({
  specs: { range: required(notNegative('0.2')), fill: defaulting(fill, 'reflect') },
  positional: ['range', 'fill'],
  parts: ({ range, fill }) => [warp(range, fill, slope => sheared(slope))],
})
