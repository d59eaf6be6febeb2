import type { Tensor } from '../base/tensor.js'
import { toTones } from './tones.js'

/** A picture to look at, row by row: one byte a pixel (grey) or three (red, green, blue). */
export interface PicturePixels {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

/**
 * The pixels of a picture [H, W, C] or [1, H, W, C]. Bytes stay as they are; other numbers are stretched over black to white. Of a picture
 * with neither one channel nor three the first channel is shown.
 */
export function picturePixels({ data, shape }: Tensor): PicturePixels {
  const [height, width, C] = shape.slice(-3) as [number, number, number]
  const bytes = data instanceof Uint8Array ? data : toTones(data, { how: 'range' }).bytes
  if (C === 1 || C === 3) return { width, height, channels: C, data: bytes }
  return { width, height, channels: 1, data: bytes.filter((_, i) => i % C === 0) }
}
