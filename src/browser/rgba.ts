import { Tensor } from '../base/tensor.js'
import { greyOf } from './grey.js'

/** Pixels as a canvas has them: four bytes each, red, green, blue and opacity. */
export interface RgbaPixels {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Pixels as bytes `[H, W, C]`: what is transparent is laid on white, 1 channel is grey. */
export function fromRgba({ data, width, height }: RgbaPixels, channels: 1 | 3): Tensor<Uint8Array> {
  const bytes = new Uint8Array(width * height * channels)
  for (let from = 0, to = 0; to < bytes.length; from += 4, to += channels) {
    const opacity = data[from + 3]!
    const [red, green, blue] = [
      onWhite(data[from]!, opacity),
      onWhite(data[from + 1]!, opacity),
      onWhite(data[from + 2]!, opacity),
    ]
    if (channels === 1) bytes[to] = greyOf(red, green, blue)
    else {
      bytes[to] = red
      bytes[to + 1] = green
      bytes[to + 2] = blue
    }
  }
  return new Tensor(bytes, [height, width, channels])
}

const onWhite = (value: number, opacity: number): number =>
  opacity === 255 ? value : Math.round((value * opacity + 255 * (255 - opacity)) / 255)
