import type { PictureFit } from '../../base/picture-fit.js'

/** A rectangle in shares of a picture's width and height. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly height: number
  readonly width: number
}

/**
 * The part of a picture that a network sees: all of it where it was stretched, its middle where it was cropped; where it was
 * padded, the picture and its margins, which lie outside of 0 … 1.
 */
export function seenRegion(fit: PictureFit, picture: Size, seen: Size): Region {
  if (fit === 'stretch') return { x: 0, y: 0, width: 1, height: 1 }
  const ratios = [picture.width / seen.width, picture.height / seen.height] as const
  const ratio = fit === 'crop' ? Math.min(...ratios) : Math.max(...ratios)
  const width = ratio / ratios[0]
  const height = ratio / ratios[1]
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height }
}
