import { across, type Block, down, framed, paragraph, titled } from './svg/block.js'
import { Drawing, pathThrough } from './svg/drawing.js'
import { el } from './svg/element.js'
import { formulaBlock } from './svg/formula.js'
import { label } from './svg/text.js'
import { type InkName, paint } from './svg/theme.js'

/** One kind of padding, as `explain.padding` gives it. */
export interface PaddingToDraw {
  readonly padding: 'valid' | 'same'
  readonly pad: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
  readonly output: readonly [number, number]
  /** Upper left cells of the first and the last window, counted in the padded picture. */
  readonly first: readonly [number, number]
  readonly last: readonly [number, number]
  readonly dropped: readonly [rows: number, columns: number]
  readonly formulas: readonly string[]
}

export interface PaddingsToDraw {
  readonly size: readonly [number, number]
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly valid: PaddingToDraw
  readonly same: PaddingToDraw
}

/** `valid` and `same`: the picture with its margin of zeros, the filter's first and last position, and the size that comes out. */
export function drawPadding(
  paddings: PaddingsToDraw,
  { arrange = 'column' }: { readonly arrange?: 'row' | 'column' } = {},
): Drawing {
  const panels = [paddings.valid, paddings.same].map(one => panel(paddings, one))
  const block = framed(arrange === 'row' ? across(panels, 32) : down(panels, 28), 12)
  return new Drawing({
    ...block,
    title: `Padding of a ${paddings.size.join('×')} picture with a ${paddings.kernel.join('×')} filter`,
    description: [paddings.valid, paddings.same].map(one => linesOf(paddings, one).join(' ')).join(' '),
  })
}

const panelWidth = 330

function panel(paddings: PaddingsToDraw, one: PaddingToDraw): Block {
  const grids = across([gridOf(paddings, one), outputOf(one, sideFor(paddings))], 22)
  const width = Math.max(panelWidth, grids.width)
  const [formula, ...words] = linesOf(paddings, one)
  const texts = [
    formulaBlock(formula!, width),
    ...words.map(line => paragraph(line, width, { ink: 'muted' })),
  ]
  const title = `padding "${one.padding}": ${paddings.size.join('×')} → ${one.output.join('×')}`
  const { body, height } = titled(title, down([grids, down(texts, 5)], 12), { size: 14 })
  return { width, height, body }
}

/** The formula, what the margin is, where the frames are, and what is lost. */
function linesOf({ kernel }: PaddingsToDraw, one: PaddingToDraw): string[] {
  const frames = `The ${kernel.join('×')} filter begins at the solid frame and ends at the dashed one.`
  const [margin, ...dropped] = paddingSentences(one)
  return [
    one.formulas.join('; '),
    `${margin}${oddText(one)}`,
    frames,
    ...dropped.map(text => `${text.slice(0, -1)} (crossed out).`),
  ]
}

/** What the margin is, and what no position of the filter reaches. */
export const paddingSentences = (one: PaddingToDraw): string[] => [marginText(one), ...droppedText(one)]

function marginText({ pad, padding }: PaddingToDraw): string {
  const { top, bottom, left, right } = pad
  if (top + bottom + left + right === 0)
    return padding === 'valid' ? 'No margin: the filter stays inside the picture.' : 'No margin is needed.'
  const sides = [`top ${top}`, `bottom ${bottom}`, `left ${left}`, `right ${right}`].join(', ')
  return `Margin of zeros: ${sides}.`
}

const oddText = ({ pad }: PaddingToDraw): string =>
  pad.bottom > pad.top || pad.right > pad.left ? ' The odd ones go to the bottom and right (thick edge).' : ''

function droppedText({ dropped: [rows, columns] }: PaddingToDraw): string[] {
  if (rows + columns === 0) return []
  const parts = [
    ...(rows > 0 ? [`the last ${rows === 1 ? 'row' : `${rows} rows`}`] : []),
    ...(columns > 0 ? [`the last ${columns === 1 ? 'column' : `${columns} columns`}`] : []),
  ]
  return [`No position of the filter reaches ${parts.join(' and ')}.`]
}

/** Every drawing of one comparison has cells of one size; the largest grid keeps to the width of a phone. */
function sideFor({ size, same, valid }: PaddingsToDraw): number {
  const cells = size[1] + same.pad.left + same.pad.right + Math.max(same.output[1], valid.output[1])
  return Math.max(5, Math.min(28, (panelWidth - 22) / cells))
}

function gridOf(paddings: PaddingsToDraw, one: PaddingToDraw): Block {
  const side = sideFor(paddings)
  const [height, width] = paddings.size
  const { pad, dropped, first, last } = one
  const rows = height + pad.top + pad.bottom
  const columns = width + pad.left + pad.right
  let body = ''
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const inside =
        row >= pad.top && row < pad.top + height && column >= pad.left && column < pad.left + width
      const lost = row >= rows - dropped[0] || column >= columns - dropped[1]
      body += cell(column * side, row * side, side, inside, lost)
    }
  body += oddEdge(pad, rows, columns, side)
  body += frame(last, paddings.kernel, side, '5 3') + frame(first, paddings.kernel, side)
  return { width: columns * side, height: rows * side, body }
}

function cell(x: number, y: number, side: number, inside: boolean, lost: boolean): string {
  const square = { x, y, width: side, height: side }
  const ground = inside
    ? el('rect', { ...square, ...paint({ fill: 'grid', stroke: 'faint' }) })
    : el('rect', { ...square, ...paint({ fill: 'paper', stroke: 'faint' }), 'stroke-dasharray': '2 2' })
  const zero =
    inside || side < 14
      ? ''
      : label(x + side / 2, y + side / 2, '0', { size: 11, ink: 'muted', anchor: 'middle', align: 'middle' })
  return ground + zero + (lost ? cross(x, y, side) : '')
}

/** Where the pen is lifted. */
const lifted = [Number.NaN, Number.NaN] as const

const cross = (x: number, y: number, side: number): string => {
  const from = side * 0.28
  const to = side - from
  const d = pathThrough([
    [x + from, y + from],
    [x + to, y + to],
    lifted,
    [x + to, y + from],
    [x + from, y + to],
  ])
  return el('path', { d, ...paint({ fill: 'none', stroke: 'bad' }), 'stroke-width': 1.8 })
}

/** A thick edge where there is one more row or column of zeros than on the other side. */
function oddEdge(pad: PaddingToDraw['pad'], rows: number, columns: number, side: number): string {
  const bottom = pad.bottom > pad.top ? `M0 ${rows * side}H${columns * side}` : ''
  const right = pad.right > pad.left ? `M${columns * side} 0V${rows * side}` : ''
  if (bottom + right === '') return ''
  return el('path', { d: bottom + right, ...paint({ fill: 'none', stroke: 'bad' }), 'stroke-width': 4 })
}

function frame(
  [row, column]: readonly [number, number],
  [height, width]: readonly [number, number],
  side: number,
  dashes?: string,
): string {
  const place = { x: column * side, y: row * side, width: width * side, height: height * side }
  const stroke = (ink: InkName, strokeWidth: number, pattern?: string) =>
    el('rect', {
      ...place,
      ...paint({ fill: 'none', stroke: ink }),
      'stroke-width': strokeWidth,
      'stroke-dasharray': pattern,
    })
  return stroke('paper', 5) + stroke('accent', 3, dashes)
}

function outputOf({ output: [rows, columns] }: PaddingToDraw, side: number): Block {
  let body = ''
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      body += el('rect', {
        ...{ x: column * side, y: row * side, width: side, height: side },
        ...paint({ fill: 'panel', stroke: 'accent' }),
      })
  return { width: columns * side, height: rows * side, body }
}
