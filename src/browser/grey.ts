/** What libvips has for sRGB: the light of a byte, 0 … 1. */
const light = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/** And back: the byte of a light of i / 255. What lies between two of them is interpolated; the last stands twice for that. */
const byteOfLight = Float64Array.from({ length: 257 }, (_, i) => {
  const value = Math.min(i, 255) / 255
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
})

/**
 * The grey of a colour, 0 … 255: its luminance (BT.709), computed in linear light. Node's decoder (sharp, which is libvips'
 * `b-w`) does so with tables of this size, and the bytes are the same.
 */
export function greyOf(red: number, green: number, blue: number): number {
  const luminance = 255 * (0.2126 * light[red]! + 0.7152 * light[green]! + 0.0722 * light[blue]!)
  const below = Math.min(255, Math.floor(luminance))
  const [from, to] = [byteOfLight[below]!, byteOfLight[below + 1]!]
  return Math.round(from + (to - from) * (luminance - below))
}
