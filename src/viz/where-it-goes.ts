import { OptionError } from '../base/errors.js'
import { formatCount, formatMillions, formatPercent } from '../base/format.js'
import { Drawing } from './svg/drawing.js'
import { el } from './svg/element.js'
import { fitText, label, labels, textWidth, wrapText } from './svg/text.js'
import { type InkName, paint } from './svg/theme.js'

/** What one layer costs; `explain.shapeChain` makes them. */
export interface CostlyLayer {
  readonly name: string
  readonly isInput: boolean
  readonly parameters: number
  readonly multiplyAdds: number
  /** Of the whole network, 0 … 1. */
  readonly shares: { readonly parameters: number; readonly multiplyAdds: number }
}

/** What is drawn: `explain.shapeChain(network)`. */
export interface CostlyNetwork {
  readonly name: string
  readonly rows: readonly CostlyLayer[]
  /** Names the layers with the most of each. */
  readonly sentence: string
}

export interface DrawWhereItGoesOptions {
  /** Units. Default 400, least 320. */
  readonly width?: number
}

const margin = 14
const barHeight = 11
const pitch = 15
/** From layer to layer: two bars and air. */
const rowHeight = 2 * pitch + 10
const flatRowHeight = 22
/** A frame as narrow as its line is drawn as a line. */
const thinnestFrame = 4
const nameStyle = { size: 11.5, weight: 'bold' } as const
const numberStyle = { size: 11 } as const
const textStyle = { size: 12 } as const

interface Bar {
  readonly share: number
  readonly words: string
  readonly ink: InkName
  /** Outlined bars can be told from filled ones without colour. */
  readonly outlined: boolean
}

/**
 * Where the parameters sit against where the work is done: two bars a layer, both as shares of the network's whole.
 *
 * @throws OptionError for a width below 320
 */
export function drawWhereItGoes(
  { name, rows, sentence }: CostlyNetwork,
  { width = 400 }: DrawWhereItGoesOptions = {},
): Drawing {
  if (!(width >= 320))
    throw new OptionError(`drawWhereItGoes: width ${width} leaves no room for bars.`, 'Give 320 or more.')
  const layers = rows.filter(row => !row.isInput)
  const left = margin + nameWidth(layers, width) + 8
  const full = lengthOfWhole(layers.flatMap(barsOf), width - margin - left)
  const lines = wrapText(sentence, width - 2 * margin, textStyle)
  let y = margin + lines.length * 16.2 + 10
  const drawn = layers.map(layer => {
    const top = y
    y += costsNothing(layer) ? flatRowHeight : rowHeight
    return rowAt(layer, top, left, full)
  })
  const axis = el('line', {
    x1: left,
    x2: left,
    y1: margin + lines.length * 16.2 + 6,
    y2: y - 6,
    ...paint({ stroke: 'faint' }),
  })
  return new Drawing({
    width,
    height: y + margin - 8,
    title: `Where the parameters of the network "${name}" sit, and where its work is done`,
    description: sentence,
    body: [labels(margin, margin + 11, lines, textStyle), axis, ...drawn].join(''),
  })
}

/** The units that stand for 100 %: as many as leave room for the words behind each bar. */
const lengthOfWhole = (bars: readonly Bar[], room: number): number =>
  Math.min(
    room,
    ...bars.map(({ share, words }) =>
      Math.max(20, (room - 6 - textWidth(words, { ...numberStyle, weight: 'bold' })) / Math.max(share, 1e-6)),
    ),
  )

/** As wide as the names are, but no more than a third of the drawing. */
const nameWidth = (layers: readonly CostlyLayer[], width: number): number =>
  Math.min(width / 3, Math.max(...layers.map(layer => textWidth(layer.name, nameStyle))))

const costsNothing = ({ parameters, multiplyAdds }: CostlyLayer): boolean =>
  parameters === 0 && multiplyAdds === 0

const barsOf = ({ parameters, multiplyAdds, shares }: CostlyLayer): Bar[] => [
  {
    share: shares.parameters,
    words: `${formatPercent(shares.parameters)} · ${formatCount(parameters)} parameters`,
    ink: 'train',
    outlined: false,
  },
  {
    share: shares.multiplyAdds,
    words: `${formatPercent(shares.multiplyAdds)} · ${formatMillions(multiplyAdds)} multiply-adds`,
    ink: 'validation',
    outlined: true,
  },
]

function rowAt(layer: CostlyLayer, top: number, left: number, full: number): string {
  const middle = top + (costsNothing(layer) ? barHeight / 2 : pitch - 2)
  const name = label(left - 8, middle, fitText(layer.name, left - 8 - margin, nameStyle), {
    ...nameStyle,
    anchor: 'end',
    align: 'middle',
  })
  if (costsNothing(layer))
    return (
      name +
      label(left + 6, middle, 'no parameters, no products', { ...numberStyle, ink: 'muted', align: 'middle' })
    )
  return (
    name +
    barsOf(layer)
      .map((bar, i) => barAt(bar, left, top + i * pitch, full))
      .join('')
  )
}

function barAt({ share, words, ink, outlined }: Bar, x: number, y: number, full: number): string {
  const width = share * full
  const look =
    outlined && width > thinnestFrame
      ? {
          x: x + 0.75,
          y: y + 0.75,
          width: Math.max(0, width - 1.5),
          height: barHeight - 1.5,
          'stroke-width': 1.5,
          ...paint({ fill: 'panel', stroke: ink }),
        }
      : { x, y, width, height: barHeight, ...paint({ fill: ink }) }
  const strong = share >= 0.5 ? ({ weight: 'bold' } as const) : {}
  return [
    width > 0 ? el('rect', look) : '',
    label(x + width + 6, y + barHeight / 2, words, { ...numberStyle, ...strong, ink, align: 'middle' }),
  ].join('')
}
