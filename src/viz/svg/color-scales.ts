// Colours of data. They are the same on light and on dark ground.

type Rgb = readonly [red: number, green: number, blue: number]

/** Dark blue to light yellow; lightness rises evenly, so that it reads in grey and for colour-blind people. */
const sequentialStops: readonly Rgb[] = [
  [0, 34, 78],
  [36, 66, 108],
  [87, 96, 110],
  [125, 125, 120],
  [166, 157, 117],
  [209, 191, 99],
  [254, 232, 56],
]

/** The colour for a share t of 0 … 1; what lies outside is cut off. */
export const sequential = (t: number): string => hex(sequentialRgb(t))

/** The same as red, green, blue of 0 … 255. */
export const sequentialRgb = (t: number): Rgb => between(sequentialStops, t)

/** Black at 0, white at 1. */
export const grey = (t: number): string => {
  const level = Math.round(255 * clamp(t))
  return hex([level, level, level])
}

/** The colour a share t of 0 … 1 of the way from white to `rgb`: for shading behind numbers. */
export const tint = (rgb: Rgb, t: number): string => hex(between([[255, 255, 255], rgb], t))

/** Black or white, whichever is read more easily on a colour (WCAG's contrast of relative luminances). */
export function inkOn(colour: string): string {
  const luminance = [0.2126, 0.7152, 0.0722].reduce(
    (sum, weight, i) => sum + weight * linear(Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255),
    0,
  )
  return luminance > 0.179 ? '#000000' : '#ffffff'
}

const linear = (level: number): number =>
  level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4

function between(stops: readonly Rgb[], t: number): Rgb {
  const place = clamp(t) * (stops.length - 1)
  const from = Math.min(stops.length - 2, Math.floor(place))
  const share = place - from
  const channel = (i: 0 | 1 | 2) => Math.round(stops[from]![i] * (1 - share) + stops[from + 1]![i] * share)
  return [channel(0), channel(1), channel(2)]
}

/** NaN counts as 0. */
const clamp = (t: number): number => (t > 0 ? Math.min(1, t) : 0)

const hex = (rgb: Rgb): string => `#${rgb.map(channel => channel.toString(16).padStart(2, '0')).join('')}`
