import type { Random } from '../../../base/random.js'
import type { Distance } from './distance.js'
import type { Colour, Paint } from './paint.js'

/** Where on a canvas a figure of radius 1 comes to lie, in pixels. */
export interface Placement {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Cosine and sine of the turn. */
  readonly turn: readonly [number, number]
  /** Height as a share of the width, before the turn. Default: 1. */
  readonly squash?: number
}

/**
 * A square picture `[side, side, channels]` being painted, in float64, black at first; edges are smooth, as a pixel is
 * covered in part. With one channel, the first number of each colour is painted.
 */
export class Canvas {
  private readonly values: Float64Array

  constructor(
    readonly side: number,
    readonly channels: 1 | 3 = 3,
  ) {
    this.values = new Float64Array(side * side * channels)
  }

  /** Paints everything. */
  fill({ colours, mix }: Paint): void {
    const { side } = this
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) this.blend(y * side + x, colours, mix(x, y), 1)
  }

  /** Paints a figure that reaches at most `reach` radii from its centre. */
  draw(figure: Distance, place: Placement, { colours, mix }: Paint, reach: number): void {
    const {
      x: centreX,
      y: centreY,
      radius,
      turn: [cos, sin],
      squash = 1,
    } = place
    const [left, right] = this.pixels(centreX, radius * reach)
    const [top, bottom] = this.pixels(centreY, radius * reach)
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const dx = (x + 0.5 - centreX) / radius
        const dy = (y + 0.5 - centreY) / radius
        const distance = figure(dx * cos + dy * sin, (dy * cos - dx * sin) / squash)
        const covered = Math.min(1, 0.5 - distance * radius)
        if (covered > 0) this.blend(y * this.side + x, colours, mix(x, y), covered)
      }
  }

  /** Writes bytes, each with noise of at most `amplitude`, more often little than much. */
  write(random: Random, amplitude: number, bytes: Uint8Array, to: number): void {
    for (let i = 0; i < this.values.length; i += 2) {
      // One random number serves two values: two bytes each make a triangle around zero.
      const bits = random.uint32()
      bytes[to + i] = byteOf(this.values[i]! + triangle(bits & 255, (bits >>> 8) & 255) * amplitude)
      bytes[to + i + 1] = byteOf(this.values[i + 1]! + triangle((bits >>> 16) & 255, bits >>> 24) * amplitude)
    }
  }

  /** The pixels within `reach` of `centre` along one axis: from, to (excluded). */
  private pixels(centre: number, reach: number): readonly [number, number] {
    return [Math.max(0, Math.floor(centre - reach)), Math.min(this.side, Math.ceil(centre + reach))]
  }

  private blend(pixel: number, [a, b]: readonly [Colour, Colour], mix: number, opacity: number): void {
    for (let channel = 0; channel < this.channels; channel++) {
      const at = pixel * this.channels + channel
      const colour = a[channel]! + (b[channel]! - a[channel]!) * mix
      const below = this.values[at]!
      this.values[at] = below + (colour - below) * opacity
    }
  }
}

/** Two bytes to -1 … 1. */
const triangle = (a: number, b: number): number => (a - b) / 255

const byteOf = (value: number): number => Math.max(0, Math.min(255, Math.floor(value + 0.5)))
