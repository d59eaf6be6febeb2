import { type Pixels, pngAddress } from '../png/encode-png.js'
import { el } from './element.js'
import { paint } from './theme.js'

export type { Pixels } from '../png/encode-png.js'

/** Pixels as crisp squares in the rectangle at (x, y), with a thin frame. */
export function picture(x: number, y: number, width: number, height: number, pixels: Pixels): string {
  const place = { x, y, width, height }
  return [
    // The attribute is for renderers that know no style sheet: see `styleSheet`.
    el('image', {
      ...place,
      href: pngAddress(pixels),
      preserveAspectRatio: 'none',
      'image-rendering': 'optimizeSpeed',
    }),
    el('rect', { ...place, ...paint({ fill: 'none', stroke: 'faint' }), 'stroke-width': 0.5 }),
  ].join('')
}
