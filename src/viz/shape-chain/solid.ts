import type { Shape } from '../../base/shape.js'
import { el, short } from '../svg/element.js'
import { paint } from '../svg/theme.js'
import { type ChainScale, countOf, isBlock } from './chain-scale.js'

/** A block or a column, drawn in 0 … width, 0 … height, and where its front face lies. */
export interface Solid {
  readonly width: number
  readonly height: number
  readonly front: Face
  readonly body: string
}

/** A rectangle of `rows` × `columns` cells. */
export interface Face {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rows: number
  readonly columns: number
}

/** Edges that go back run at 45°. */
const slant = Math.SQRT1_2
const columnWidth = 11
/** How far a column goes back: it is one number deep, and seen as a thing. */
const columnDepth = 6
/** From this height on the numbers of a column are told apart. */
const smallestCell = 4

/** The output of a layer as a solid in oblique projection. */
export function solidOf(shape: Shape, scale: ChainScale): Solid {
  if (!isBlock(shape)) return columnOf(countOf(shape), scale)
  const [rows = 1, columns = 1, channels = 1] = shape
  return cuboid(rows, columns, [scale.side(columns), scale.side(rows)], scale.depth(channels) * slant)
}

function columnOf(count: number, scale: ChainScale): Solid {
  const height = scale.column(count)
  const solid = cuboid(count, 1, [columnWidth, height], columnDepth * slant)
  const cell = height / count
  if (cell < smallestCell) return solid
  const { x, y } = solid.front
  const rules = Array.from({ length: count - 1 }, (_, i) =>
    el('line', {
      x1: x,
      x2: x + columnWidth,
      y1: y + (i + 1) * cell,
      y2: y + (i + 1) * cell,
      ...paint({ stroke: 'faint' }),
    }),
  )
  return { ...solid, body: solid.body + rules.join('') }
}

/** A front face of `width` × `height` with its top and right side going back by `back` to the right and up. */
function cuboid(
  rows: number,
  columns: number,
  [width, height]: readonly [number, number],
  back: number,
): Solid {
  const front = { x: 0, y: back, width, height, rows, columns }
  const bottom = back + height
  const body = [
    side([
      [0, back],
      [back, 0],
      [width + back, 0],
      [width, back],
    ]),
    side([
      [width, back],
      [width + back, 0],
      [width + back, height],
      [width, bottom],
    ]),
    el('rect', { x: 0, y: back, width, height, ...paint({ fill: 'paper', stroke: 'line' }) }),
  ]
  return { width: width + back, height: bottom, front, body: body.join('') }
}

function side(corners: readonly (readonly [number, number])[]): string {
  const points = corners.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')
  return el('polygon', { points, 'stroke-linejoin': 'round', ...paint({ fill: 'grid', stroke: 'line' }) })
}
