import { across, type Block, down, framed, paragraph, titled } from '../svg/block.js'
import { tint } from '../svg/color-scales.js'
import { Drawing } from '../svg/drawing.js'
import { el } from '../svg/element.js'
import { shortNumber } from '../svg/numbers.js'
import { label, textWidth } from '../svg/text.js'
import { paint, series } from '../svg/theme.js'
import { type Grid, inputSize, type PoolingToDraw, sizesText } from './steps.js'

/** Pale grounds for windows, in the order of the inks `series`. */
const grounds = (
  [
    [0, 114, 178],
    [187, 74, 0],
    [0, 128, 94],
    [168, 73, 127],
    [122, 98, 0],
    [61, 74, 138],
  ] as const
).map(rgb => tint(rgb, 0.16))

/**
 * The cells with their windows coloured and outlined, and what max, average and min make of each. ▲ marks the cell that max
 * takes, ▼ the one that min takes.
 */
export function drawPooling(
  steps: PoolingToDraw,
  { arrange = 'column' }: { readonly arrange?: 'row' | 'column' } = {},
): Drawing {
  const side = sideFor(steps)
  const input = titled(`Input ${inputSize(steps).join('×')}`, inputBlock(steps, side))
  const results = steps.pooled.map(({ kind, planes }) => titled(kind, resultBlock(steps, planes[0]!, side)))
  const grids = arrange === 'row' ? across([input, ...results], 22) : down([input, across(results, 16)], 16)
  const words = paragraph(sentenceOf(steps), Math.max(300, grids.width), { ink: 'muted' })
  return new Drawing({
    ...framed(down([grids, words], 14), 12),
    title: 'Pooling',
    description: `${sentenceOf(steps)} ${resultsText(steps)}`,
  })
}

function sentenceOf(steps: PoolingToDraw): string {
  const [height, width] = steps.window
  const moves = steps.strides.every((stride, axis) => stride === steps.window[axis])
    ? 'windows that do not overlap'
    : `windows that move by ${strideText(steps.strides)}`
  return `${sizesText(steps)}. ${height}×${width} ${moves}. ▲ is the largest cell of its window, ▼ the smallest.`
}

/** `2 cells`, or `1×2 cells` where the axes differ. */
function strideText([down, right]: readonly [number, number]): string {
  if (down !== right) return `${down}×${right} cells`
  return down === 1 ? 'one cell' : `${down} cells`
}

const resultsText = ({ pooled }: PoolingToDraw): string =>
  pooled
    .map(
      ({ kind, planes }) => `${kind}: ${planes[0]!.map(row => row.map(shortNumber).join(' ')).join('; ')}.`,
    )
    .join(' ')

const sideFor = ({ planes, pooled }: PoolingToDraw): number =>
  Math.ceil(
    Math.max(
      44,
      ...[...planes[0]!.flat(), ...pooled.flatMap(result => result.planes[0]!.flat())].map(
        value => textWidth(shortNumber(value)) + 10,
      ),
    ),
  )

/** Windows that overlap have no colours of their own: only the first one is shown. */
const overlapping = ({ window, strides }: PoolingToDraw): boolean =>
  strides[0] < window[0] || strides[1] < window[1]

const colourOf = (steps: PoolingToDraw, row: number, column: number): number => {
  const columns = steps.outputSize[1]
  // With an even number of windows in a row the next row would begin with the same colour as the one above it.
  return (row * columns + column + (columns % 6 === 0 ? row : 0)) % 6
}

function inputBlock(steps: PoolingToDraw, side: number): Block {
  const [height, width] = inputSize(steps)
  const cells = steps.planes[0]!.map((line, row) =>
    line.map((value, column) => {
      const window = windowAt(steps, row, column)
      const ground = window === null ? undefined : grounds[colourOf(steps, ...window)]
      return cell(column * side, row * side, side, value, ground) + marks(steps, row, column, side)
    }),
  )
  return {
    width: width * side,
    height: height * side,
    body: cells.flat().join('') + outlines(steps, side),
  }
}

/** The window a cell lies in; null between windows, and where they overlap. */
function windowAt(steps: PoolingToDraw, row: number, column: number): [number, number] | null {
  if (overlapping(steps)) return null
  const at = [row + steps.pad.top, column + steps.pad.left] as const
  const index = at.map((place, axis) => Math.floor(place / steps.strides[axis]!)) as [number, number]
  const inside = index.every(
    (i, axis) => i < steps.outputSize[axis]! && at[axis]! - i * steps.strides[axis]! < steps.window[axis]!,
  )
  return inside ? index : null
}

function outlines(steps: PoolingToDraw, side: number): string {
  const [rows, columns] = overlapping(steps) ? [1, 1] : steps.outputSize
  let body = ''
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) body += outline(steps, row, column, side)
  return body
}

/** A window's outline, as far as it lies in the picture. */
function outline(steps: PoolingToDraw, row: number, column: number, side: number): string {
  const [height, width] = inputSize(steps)
  const span = (index: number, axis: 0 | 1, before: number, limit: number): [number, number] => {
    const from = index * steps.strides[axis] - before
    return [Math.max(0, from), Math.min(limit, from + steps.window[axis])]
  }
  const [top, bottom] = span(row, 0, steps.pad.top, height)
  const [left, right] = span(column, 1, steps.pad.left, width)
  return el('rect', {
    x: left * side + 1.5,
    y: top * side + 1.5,
    width: (right - left) * side - 3,
    height: (bottom - top) * side - 3,
    ...paint({ fill: 'none', stroke: series(colourOf(steps, row, column)) }),
    'stroke-width': 2.5,
  })
}

/** ▲ where max takes this cell for some window, ▼ where min does. */
function marks(steps: PoolingToDraw, row: number, column: number, side: number): string {
  const x = (column + 1) * side - 9
  const y = row * side + 9
  const up = wins(steps, 'max', row, column) ? triangle(x, y, -1) : ''
  const down = wins(steps, 'min', row, column) ? triangle(x, (row + 1) * side - 9, 1) : ''
  return up + down
}

/** Only windows whose outline is drawn have marks. */
function wins(steps: PoolingToDraw, kind: 'max' | 'min', row: number, column: number): boolean {
  const window: readonly [number, number] | null = overlapping(steps) ? [0, 0] : windowAt(steps, row, column)
  if (window === null) return false
  const winner = steps.winner(kind, ...window)
  return winner.row === row && winner.column === column
}

const triangle = (x: number, y: number, direction: 1 | -1): string =>
  el('path', {
    d: `M${x - 4} ${y - 3 * direction}h8l-4 ${6.5 * direction}z`,
    fill: '#1b2027',
  })

/** What a window's cells became, on the window's colour. */
function resultBlock(steps: PoolingToDraw, plane: Grid, side: number): Block {
  const coloured = !overlapping(steps)
  const cells = plane.map((line, row) =>
    line.map((value, column) => {
      const colour = colourOf(steps, row, column)
      const first = row === 0 && column === 0
      const ground = coloured || first ? grounds[colour] : undefined
      return (
        cell(column * side, row * side, side, value, ground) +
        (coloured || first ? cellOutline(column * side, row * side, side, colour) : '')
      )
    }),
  )
  return { width: plane[0]!.length * side, height: plane.length * side, body: cells.flat().join('') }
}

const cellOutline = (x: number, y: number, side: number, colour: number): string =>
  el('rect', {
    ...{ x: x + 1.5, y: y + 1.5, width: side - 3, height: side - 3 },
    ...paint({ fill: 'none', stroke: series(colour) }),
    'stroke-width': 2.5,
  })

/** The grounds are pale on every theme, so their text is dark on every theme. */
const cell = (x: number, y: number, side: number, value: number, ground: string | undefined): string => {
  const fill =
    ground === undefined
      ? paint({ fill: 'paper', stroke: 'faint' })
      : { ...paint({ stroke: 'faint' }), fill: ground }
  return (
    el('rect', { x, y, width: side, height: side, ...fill }) +
    label(x + side / 2, y + side / 2, shortNumber(value), {
      ...({ anchor: 'middle', align: 'middle', size: 12 } as const),
      ...(ground !== undefined && { colour: '#1b2027' }),
    })
  )
}
