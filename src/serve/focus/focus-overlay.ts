import type { Focus } from '../../explain/focus.js'
import { outlineOf } from '../../viz/heat.js'
import { pngAddress } from '../../viz/png/encode-png.js'
import { sequentialRgb } from '../../viz/svg/color-scales.js'
import { el } from '../../viz/svg/element.js'

/** How much of it covers the picture below. */
const opacity = 0.62

/**
 * An SVG to lay over the picture, stretched to the region the network saw: the heat of what speaks for the class, half
 * transparent, and a line around the part that holds half of it.
 */
export function focusOverlay({ enlarged, half, className }: Focus): string {
  const { width, height } = enlarged
  const heat = el('image', {
    width,
    height,
    href: heatAddress(enlarged),
    opacity,
    preserveAspectRatio: 'none',
  })
  const line = half ? outlined(outlineOf(enlarged, half.level, [0, 0, width, height])) : ''
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': `What speaks for ${className}`,
  }
  return el('svg', attributes, heat, line)
}

function heatAddress({ width, height, values }: Focus['enlarged']): string {
  const most = values.reduce((most, value) => Math.max(most, value), 0)
  const data = new Uint8Array(width * height * 3)
  values.forEach((value, place) => data.set(sequentialRgb(most > 0 ? value / most : 0), place * 3))
  return pngAddress({ width, height, channels: 3, data })
}

/** Black with a white edge stands out of every colour; as wide on a large picture as on a small one. */
const outlined = (d: string): string =>
  [
    ['#ffffff', 3.2],
    ['#000000', 1.4],
  ]
    .map(([stroke, width]) =>
      el('path', { d, fill: 'none', stroke, 'stroke-width': width, 'vector-effect': 'non-scaling-stroke' }),
    )
    .join('')
