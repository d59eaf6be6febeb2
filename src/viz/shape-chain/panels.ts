import { formatCount } from '../../base/format.js'
import { formatShape, type Shape, sameShape } from '../../base/shape.js'
import { type TextStyle, textWidth, wrapText } from '../svg/text.js'
import { type Part, partsOf } from './parts.js'

/** What a layer moves over pictures; pairs are [vertical, horizontal]. */
export interface ChainWindow {
  readonly option: 'kernelSize' | 'poolSize'
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly padding: 'same' | 'valid'
}

/** One layer of a chain; `explain.shapeChain` makes them. */
export interface ChainLayer {
  readonly name: string
  readonly className: string
  readonly isInput: boolean
  readonly from: readonly string[]
  readonly inputs: readonly Shape[]
  readonly output: Shape
  readonly window: ChainWindow | null
  readonly formula: string | null
}

/** What is drawn: `explain.shapeChain(network)`. */
export interface DrawnChain {
  readonly name: string
  readonly rows: readonly ChainLayer[]
}

/** A layer with its picture and words, and the layers behind it that leave the size as it is. */
export interface Panel {
  readonly layer: ChainLayer
  /** Its name and those of the layers that share the panel. */
  readonly names: readonly string[]
  /** Whether the panel before it is what it stands behind. */
  readonly follows: boolean
  readonly part: Part
}

/** One panel for each size: normalization, dropout and the like change none, and share the panel before them. */
export function panelsOf(rows: readonly ChainLayer[]): Panel[] {
  const panels: Panel[] = []
  const parts = partsOf(rows)
  for (const layer of rows) {
    const before = panels.at(-1)
    const follows = before !== undefined && layer.from.includes(before.names.at(-1)!)
    if (before && follows && changesNoSize(layer))
      panels[panels.length - 1] = { ...before, names: [...before.names, layer.name] }
    else panels.push({ layer, names: [layer.name], follows, part: parts.get(layer.name)! })
  }
  return panels
}

const changesNoSize = ({ inputs, output, window, className }: ChainLayer): boolean =>
  inputs.length === 1 && window === null && className !== 'Dense' && sameShape(inputs[0]!, output)

/** A line of a caption. */
export interface CaptionLine {
  readonly text: string
  readonly style: TextStyle
  readonly muted: boolean
}

const sizeStyle = { size: 13, weight: 'bold' } as const
const nameStyle = { size: 11, weight: 'bold' } as const
const wordStyle = { size: 11 } as const
/** Longer lines are broken. */
const widest = 170

export const captionLineHeight = 16

/** The size, the layer, what it does, and how the size comes about. */
export function captionOf({ layer, names, follows }: Panel): CaptionLine[] {
  const words = [whatOf(layer), fromOf(layer, follows), sharedOf(names)].filter(text => text !== '')
  const lines = (text: string, style: TextStyle, muted: boolean): CaptionLine[] =>
    wrapText(text, widest, style).map(line => ({ text: line, style, muted }))
  return [
    ...lines(sizeText(layer.output), sizeStyle, false),
    ...lines(layer.name, nameStyle, false),
    ...words.flatMap(text => lines(text, wordStyle, true)),
    ...(layer.formula?.split(', ') ?? []).flatMap(text => lines(text, wordStyle, false)),
  ]
}

export const captionWidth = (lines: readonly CaptionLine[]): number =>
  Math.ceil(Math.max(...lines.map(({ text, style }) => textWidth(text, style))))

const sizeText = (shape: Shape): string =>
  shape.length === 1 ? `${formatCount(shape[0]!)} numbers` : formatShape(shape)

function whatOf({ isInput, className, window, output }: ChainLayer): string {
  if (isInput) return 'what is fed in'
  if (!window) return className
  const what = window.option === 'kernelSize' ? `${output.at(-1)} kernels` : className
  return [`${what} ${formatShape(window.kernel)}`, ...detailsOf(window)].join(', ')
}

/** What is not as usual: kernels move by one cell, pooling windows by their size and without a margin. */
function detailsOf({ option, kernel, strides, dilation, padding }: ChainWindow): string[] {
  const isKernel = option === 'kernelSize'
  return [
    isKernel || padding === 'same' ? padding : '',
    sameShape(strides, isKernel ? [1, 1] : kernel) ? '' : `strides ${oneOrBoth(strides)}`,
    sameShape(dilation, [1, 1]) ? '' : `dilation ${oneOrBoth(dilation)}`,
  ].filter(text => text !== '')
}

const oneOrBoth = ([vertical, horizontal]: readonly [number, number]): string =>
  vertical === horizontal ? String(vertical) : `${vertical}×${horizontal}`

function fromOf({ from }: ChainLayer, follows: boolean): string {
  if (from.length > 1) return `joins ${from.join(' and ')}`
  return follows || from.length === 0 ? '' : `from ${from[0]}`
}

function sharedOf([, ...others]: readonly string[]): string {
  if (others.length <= 3) return others.length === 0 ? '' : `then ${others.join(', ')}`
  return `then ${others.slice(0, 2).join(', ')} and ${others.length - 2} more of this size`
}
