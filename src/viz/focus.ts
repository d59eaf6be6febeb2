import { formatPercent } from '../base/format.js'
import { headingHeight, panelHeading, panelWidth } from './before-after.js'
import { heatOver, outlineOf, type ValueMap } from './heat.js'
import type { Pixels } from './png/encode-png.js'
import { sequentialRgb } from './svg/color-scales.js'
import { Drawing } from './svg/drawing.js'
import { el, group } from './svg/element.js'
import { picture } from './svg/picture.js'
import { fitText, label, labels, wrapText } from './svg/text.js'

/** Where a network looks for one class, as `explain.focus` gives it, with the class's name. */
export interface ClassFocus {
  readonly className: string
  readonly probability: number
  readonly layer: string
  readonly method: string
  /** In the size of the layer. */
  readonly map: ValueMap
  /** In the size of the picture. */
  readonly enlarged: ValueMap
  /** The part that holds half of what speaks for the class. */
  readonly half: { readonly level: number; readonly share: number } | null
  /** Where the most of it is: `in the upper left`; null where nothing speaks for the class. */
  readonly place: string | null
}

export interface FocusDrawingOptions {
  /** What the picture shows: `test picture 1, a cat`. */
  readonly caption?: string
}

const cell = (panelWidth - 24 - 16) / 2
const noteSize = 11
const noteHeight = 15

/** The picture, and over it for each class what speaks for that class. */
export function drawFocus(
  pixels: Pixels,
  classes: readonly ClassFocus[],
  { caption = '' }: FocusDrawingOptions = {},
): Drawing {
  const scale = Math.max(0, ...classes.map(({ enlarged }) => largest(enlarged)))
  const pictureHeight = Math.min(1.5 * cell, (cell * pixels.height) / pixels.width)
  const size = [cell, pictureHeight] as const
  const cellHeight = 18 + pictureHeight + 4 + 2 * noteHeight + 4
  const cellsOf = [
    plainCell(pixels, size, caption),
    ...classes.map(shown => classCell(pixels, size, shown, scale)),
  ]
  const rows = Math.ceil(cellsOf.length / 2)
  const bottom = headingHeight + 4 + rows * (cellHeight + 10)
  const lines = wrapText(captionOf(classes[0]!), panelWidth - 24, { size: noteSize })
  return new Drawing({
    width: panelWidth,
    height: bottom + 28 + lines.length * noteHeight,
    title: 'Where the network looks',
    description: describe(classes, caption),
    body: [
      panelHeading('where it looks', factsOf(classes[0]!)),
      ...cellsOf.map((body, i) =>
        group(12 + (i % 2) * (cell + 16), headingHeight + 4 + Math.floor(i / 2) * (cellHeight + 10), body),
      ),
      colourBar(bottom),
      labels(12, bottom + 36, lines, { size: noteSize, ink: 'muted' }),
    ].join(''),
  })
}

type Size = readonly [width: number, height: number]

function plainCell(pixels: Pixels, [width, height]: Size, caption: string): string {
  const lines = wrapText(caption, width, { size: noteSize }).slice(0, 2)
  return [
    label(0, 10, 'the picture', { size: 12, weight: 'bold' }),
    picture(0, 18, width, height, pixels),
    labels(0, 18 + height + 15, lines, { size: noteSize, ink: 'muted' }),
  ].join('')
}

function classCell(pixels: Pixels, [width, height]: Size, shown: ClassFocus, scale: number): string {
  const { className, probability, enlarged, half } = shown
  const share = formatPercent(probability)
  const lines = wrapText(noteOn(shown), width, { size: noteSize })
  return [
    label(0, 10, fitText(className, width - 60, { size: 12, weight: 'bold' }), { size: 12, weight: 'bold' }),
    label(width, 10, share, { size: 12, anchor: 'end' }),
    picture(0, 18, width, height, heatOver(pixels, enlarged, scale)),
    half ? outline(outlineOf(enlarged, half.level, [0, 18, width, height])) : '',
    labels(0, 18 + height + 15, lines, { size: noteSize, ink: 'muted' }),
  ].join('')
}

/** Black with a white edge stands out of every colour; it is over data, so it is the same on light and on dark ground. */
const outline = (d: string): string =>
  el('path', { d, fill: 'none', stroke: '#ffffff', 'stroke-width': 3.2, 'stroke-linecap': 'square' }) +
  el('path', { d, fill: 'none', stroke: '#000000', 'stroke-width': 1.4, 'stroke-linecap': 'square' })

function colourBar(y: number): string {
  const width = 120
  const steps = Array.from({ length: width }, (_, i) => sequentialRgb(i / (width - 1)))
  const pixels = { width, height: 1, channels: 3, data: Uint8Array.from(steps.flat()) } as const
  const words = 'from nothing to the most that speaks for a class'
  return [
    picture(12, y, width, 9, pixels),
    label(12 + width + 8, y + 8, words, { size: 10.5, ink: 'muted' }),
  ].join('')
}

const methodNames: Readonly<Record<string, string>> = { hirescam: 'HiResCAM', gradcam: 'Grad-CAM' }

/** As the papers write it. */
export const methodName = (method: string): string => methodNames[method] ?? method

const factsOf = ({ layer, method, map }: ClassFocus): string =>
  `${methodName(method)} at ${layer}, ${map.height}×${map.width}`

const captionOf = ({ map: { width, height } }: ClassFocus): string =>
  `One scale for all classes. The line goes around half of what speaks for a class. The layer sees ${height}×${width} places; between them the map is interpolated.`

const noteOn = ({ half, place }: ClassFocus): string =>
  half && place
    ? `Half of it lies in ${formatPercent(half.share)} of the picture, the peak ${place}.`
    : 'Nothing speaks for this class.'

function describe(classes: readonly ClassFocus[], caption: string): string {
  const each = classes.map(
    shown =>
      `${shown.className} (${formatPercent(shown.probability)}): ${noteOn(shown).replace('Half of it', 'half of what speaks for it').replace('Nothing', 'nothing')}`,
  )
  return [
    `The picture${caption === '' ? '' : ` (${caption})`} and what speaks for each class, ${factsOf(classes[0]!)}.`,
    ...each,
  ].join(' ')
}

const largest = ({ values }: ValueMap): number => {
  let most = 0
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!
  return most
}
