import type { Rows } from '../../base/rows.js'
import type { PictureBorder, PixelRange } from '../../engine/ops/attributes.js'

/** The pictures that are augmented: [H, W, C], and what their numbers can be. */
export interface Pictures {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly range: PixelRange
}

/**
 * What lies outside a picture: `reflect`, the picture mirrored at its outermost pixels (which are not repeated), `edge`, the
 * nearest pixel, `black`, the smallest number a pixel can have, `zero`, the number 0 as the network sees it: a middle grey where
 * pixels are scaled to -0.5…0.5, black where they are scaled to 0…1.
 */
export const fills = ['reflect', 'edge', 'black', 'zero'] as const
export type Fill = (typeof fills)[number]

/** The number of a fill that is one everywhere. */
export const constantOf = (fill: Fill, { range }: Pictures): number => (fill === 'black' ? range.low : 0)

export const borderOf = (fill: Fill, pictures: Pictures): PictureBorder => ({
  border: fill === 'reflect' || fill === 'edge' ? fill : 'constant',
  value: constantOf(fill, pictures),
})

/** What the pixels of `x` can be: of bytes what 0 and 255 stand for, of other numbers the smallest and the largest there are. */
export function pixelRange(x: Rows): PixelRange {
  const { scale, offset } = x.scaling
  const [least, most] = x.dtype === 'uint8' ? [0, 255] : extremes(x.load().data)
  const ends = [least * scale + offset, most * scale + offset] as const
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  return { low, high: high > low ? high : low + 1 }
}

function extremes(data: ArrayLike<number>): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (!Number.isFinite(value)) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return least <= most ? [least, most] : [0, 1]
}
