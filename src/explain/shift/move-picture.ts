/** What comes in where a picture has left: the pixels of its edge, drawn out, or a byte for every channel. */
export type Background = 'edge' | number

/** `[H, W, C]` */
export type PictureShape = readonly [height: number, width: number, channels: number]

/**
 * Writes a picture moved by `dx` pixels to the right and `dy` down, in the same frame: what leaves it is cut off.
 *
 * @param source `[H, W, C]`
 * @param target gets `[H, W, C]`, from `to` on
 */
export function movePicture(
  source: Uint8Array,
  [height, width, channels]: PictureShape,
  { dx, dy }: { readonly dx: number; readonly dy: number },
  background: Background,
  target: Uint8Array,
  to = 0,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = sourcePixel(x - dx, y - dy, width, height, background)
      const at = to + (y * width + x) * channels
      for (let channel = 0; channel < channels; channel++)
        target[at + channel] = from < 0 ? (background as number) : source[from * channels + channel]!
    }
}

/** Which pixel is seen at a place; -1 for a place outside that a byte fills. */
function sourcePixel(x: number, y: number, width: number, height: number, background: Background): number {
  if (x >= 0 && x < width && y >= 0 && y < height) return y * width + x
  return background === 'edge' ? clamp(y, height) * width + clamp(x, width) : -1
}

const clamp = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place))
