import type Sharp from 'sharp'
import type { CreateText } from 'sharp'
import { fontFamily } from '../../viz/svg/text.js'
import { arimoFile } from './arimo.js'

/** One line of text as it is to be drawn. */
export interface Label {
  /** Pango markup: text with `&amp;`, `&lt;`, `&gt;` and spans. */
  readonly markup: string
  /** In pixels. */
  readonly size: number
  readonly weight: 'normal' | 'bold'
  /** `#rrggbb` */
  readonly colour: string
}

/** A drawn line of text: where its pixels lie, seen from the point its letters start at, on the line they stand on. */
export interface LabelPicture {
  /** A PNG file, transparent where nothing is drawn. */
  readonly png: Buffer
  /** In pixels; to the right and down. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Draws a line of text with the fonts of the operating system: letters that Arimo has with Arimo, others with the fonts the
 * system chooses for them, emoji in colour. Letters are joined and ordered as their script asks (Pango and HarfBuzz, in sharp).
 *
 * @returns null where the system draws nothing
 */
export async function drawLabel(label: Label): Promise<LabelPicture | null> {
  const sharp = await loadSharp()
  const drawn = await sharp({ text: pangoText(label) })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null) // sharp as WebAssembly has no Pango
  if (drawn === null) return null
  const { data, info } = drawn
  const { width, height, channels } = info
  const pixels = new Pixels(data, width, height)
  const { end, baseline } = fullStopIn(pixels)
  const first = pixels.firstColumn(end)
  if (first === null) return null
  const left = first - 1 // with the trace of an edge
  const png = await sharp(data, { raw: { width, height, channels } })
    .extract({ left, top: 0, width: width - left, height })
    .png({ compressionLevel: 1 }) // It is read once, at once.
    .toBuffer()
  return { png, x: left - label.size * startOfText, y: -baseline, width: width - left, height }
}

let loading: Promise<typeof Sharp> | undefined

/** Loaded when the first label needs it. */
const loadSharp = (): Promise<typeof Sharp> => (loading ??= import('sharp').then(withArimo))

/** Pango knows a font from its first use on: both weights are there before a label asks for bold letters among others. */
async function withArimo({ default: sharp }: { readonly default: typeof Sharp }): Promise<typeof Sharp> {
  for (const weight of ['normal', 'bold'] as const)
    await sharp({ text: pangoText({ markup: '', size: 12, weight, colour: '#000000' }) })
      .raw()
      .toBuffer()
      .catch(() => null)
  return sharp
}

const pangoText = ({ markup, size, weight, colour }: Label): CreateText => ({
  text: `<span foreground="${colour}">${before}${markup}</span>`,
  font: `${fontFamily.replaceAll("'", '')}${weight === 'bold' ? ' Bold' : ''} ${size}`,
  fontfile: arimoFile(weight),
  dpi: 72, // a pixel a point
  rgba: true,
})

/**
 * What is drawn comes without a word about where its line is. So a full stop stands before it, whose lower edge is the line
 * and whose left edge the beginning, and blanks that keep it apart. The invisible mark makes all of it run from left to right.
 */
const before = '\u200e.\u00a0\u00a0'

/** From the full stop's left edge to where the text starts, in sizes: three advance widths without the room left of it (Arimo). */
const startOfText = 3 * 0.278 - 0.091

/** Red, green, blue and opacity, row by row. */
class Pixels {
  constructor(
    private readonly data: Uint8Array,
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** The first column from `from` on in which something is drawn. */
  firstColumn(from: number): number | null {
    for (let x = from; x < this.width; x++) if (this.lastRow(x) !== null) return x
    return null
  }

  /** The lowest row of a column in which something is drawn, more than a trace of it. */
  lastRow(x: number): number | null {
    for (let y = this.height - 1; y >= 0; y--) if (this.data[(y * this.width + x) * 4 + 3]! > 127) return y
    return null
  }
}

/** The full stop at the left edge: the column where it ends, and the line below it. */
function fullStopIn(pixels: Pixels): { readonly end: number; readonly baseline: number } {
  let [end, baseline] = [pixels.firstColumn(0) ?? 0, 0]
  for (let row = pixels.lastRow(end); row !== null; row = pixels.lastRow(++end))
    baseline = Math.max(baseline, row + 1)
  return { end, baseline }
}
