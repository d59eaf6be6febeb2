import { sequential, sequentialRgb } from '../svg/color-scales.js'
import { el, short } from '../svg/element.js'
import { picture } from '../svg/picture.js'
import { label } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import type { ShiftCellData, ShiftMapData, ShiftPlace } from './shift-data.js'

/** Where a map lies in its drawing, in units. */
export interface MapFrame {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** From shifts to units: the upper left corner of a cell. */
interface Grid {
  readonly cell: number
  readonly x: (dx: number) => number
  readonly y: (dy: number) => number
}

const columnsOf = ({ dx }: ShiftMapData): number => dx[1] - dx[0] + 1
const rowsOf = ({ dy }: ShiftMapData): number => dy[1] - dy[0] + 1

/** Height of a map of this width: its cells are squares. */
export const heightOfMap = (map: ShiftMapData, width: number): number =>
  (width / columnsOf(map)) * rowsOf(map)

/** The probabilities as colours, with the half contour, what cuts nothing, the middle and the example's place. */
export function heatMap(map: ShiftMapData, example: ShiftPlace, frame: MapFrame): string {
  const cell = frame.width / columnsOf(map)
  const grid: Grid = {
    cell,
    x: dx => frame.x + (dx - map.dx[0]) * cell,
    y: dy => frame.y + (dy - map.dy[0]) * cell,
  }
  return [
    picture(frame.x, frame.y, frame.width, cell * rowsOf(map), pixelsOf(map)),
    haloed(
      contour(map, grid, ({ probability }) => probability >= 0.5),
      1.6,
    ),
    dashed(contour(map, grid, mostlyWhole)),
    crossAt(middle(grid, 0, 0), Math.min(6, cell / 2.5)),
    isWithin(map, example) ? ringAt(middle(grid, example.dx, example.dy), Math.min(5, cell / 2.6)) : '',
    axes(map, grid, frame),
  ].join('')
}

/** A bar of the colours from 0 to 100 %, with numbers. */
export function colourScale(x: number, y: number, height: number): string {
  const steps = 40
  const step = height / steps
  const bar = Array.from({ length: steps }, (_, i) =>
    // A little higher than its part: no seams between the steps.
    el('rect', {
      x,
      y: y + i * step,
      width: 10,
      height: i === steps - 1 ? step : step + 0.5,
      fill: sequential(1 - (i + 0.5) / steps),
    }),
  )
  const number = (share: number) =>
    label(x + 14, y + height * (1 - share), `${100 * share}`, { size: 10, ink: 'muted', align: 'middle' })
  return [...bar, number(1), number(0.5), number(0)].join('')
}

/** Samples of the marks in a map with what they mean, in two columns. */
export function mapKey(x: number, y: number, { pictures }: ShiftMapData, hasMoved: boolean): string {
  const text = (dx: number, dy: number, words: string) =>
    label(x + dx, y + dy, words, { size: 10.5, ink: 'muted', align: 'middle' })
  return [
    haloed(`M${short(x)} ${short(y)}h16`, 1.6),
    text(22, 0, 'probability one half'),
    dashed(`M${short(x + 146)} ${short(y)}h16`),
    text(168, 0, pictures === 1 ? 'inside, nothing is cut' : 'inside, 9 in 10 are whole'),
    crossAt([x + 8, y + 18], 5),
    text(22, 18, 'in the middle'),
    ...(hasMoved ? [ringAt([x + 154, y + 18], 4.5), text(168, 18, 'the moved one above')] : []),
  ].join('')
}

/** `[rows, columns, 3]`: a pixel for each shift. */
function pixelsOf(map: ShiftMapData) {
  const data = Uint8Array.from(map.cells.flatMap(({ probability }) => sequentialRgb(probability)))
  return { width: columnsOf(map), height: rowsOf(map), channels: 3, data } as const
}

/** Along the edges between cells that have something and cells that have not. */
function contour(map: ShiftMapData, { cell, x, y }: Grid, has: (cell: ShiftCellData) => boolean): string {
  const columns = columnsOf(map)
  const differ = (a: number, b: number) => has(map.cells[a]!) !== has(map.cells[b]!)
  return map.cells
    .map(({ dx, dy }, at) => {
      const toRight = dx < map.dx[1] && differ(at, at + 1)
      const below = dy < map.dy[1] && differ(at, at + columns)
      const right = toRight ? `M${short(x(dx + 1))} ${short(y(dy))}v${short(cell)}` : ''
      return below ? `${right}M${short(x(dx))} ${short(y(dy + 1))}h${short(cell)}` : right
    })
    .join('')
}

/** One picture is whole or not; of many, single ones are often so large that they can hardly move. */
const mostlyWhole = ({ whole }: ShiftCellData): boolean => whole >= 0.9

const middle = ({ cell, x, y }: Grid, dx: number, dy: number): readonly [number, number] => [
  x(dx) + cell / 2,
  y(dy) + cell / 2,
]

/** Whether a shift has a cell in the map. */
export const isWithin = ({ dx, dy }: ShiftMapData, place: ShiftPlace): boolean =>
  place.dx >= dx[0] && place.dx <= dx[1] && place.dy >= dy[0] && place.dy <= dy[1]

// Lines lie on colours of every lightness: black on white is seen on all of them.

const line = (d: string, stroke: string, width: number, dash?: string): string =>
  d === ''
    ? ''
    : el('path', {
        d,
        fill: 'none',
        stroke,
        'stroke-width': width,
        'stroke-linecap': dash === undefined ? 'square' : undefined,
        'stroke-dasharray': dash,
      })

const haloed = (d: string, width: number): string =>
  line(d, '#ffffff', width + 1.8) + line(d, '#000000', width)

const dashed = (d: string): string => line(d, '#000000', 2.4) + line(d, '#ffffff', 1.6, '5 4')

const crossAt = ([x, y]: readonly [number, number], reach: number): string =>
  haloed(
    `M${short(x - reach)} ${short(y)}h${short(2 * reach)}M${short(x)} ${short(y - reach)}v${short(2 * reach)}`,
    1.6,
  )

function ringAt([cx, cy]: readonly [number, number], r: number): string {
  const ring = (stroke: string, width: number) =>
    el('circle', { cx, cy, r, fill: 'none', stroke, 'stroke-width': width })
  return ring('#ffffff', 3.4) + ring('#000000', 1.6)
}

/** Numbers at the ends and at zero, and what they count. */
function axes(map: ShiftMapData, grid: Grid, { x, y, width }: MapFrame): string {
  const bottom = y + heightOfMap(map, width)
  const style = { size: 10, ink: 'muted' } as const
  const ends = ([from, to]: readonly [number, number]) => (from < 0 && to > 0 ? [from, 0, to] : [from, to])
  return [
    ...ends(map.dx).map(dx =>
      label(middle(grid, dx, 0)[0], bottom + 13, signed(dx), { ...style, anchor: 'middle' }),
    ),
    ...ends(map.dy).map(dy =>
      label(x - 6, middle(grid, 0, dy)[1], signed(dy), { ...style, anchor: 'end', align: 'middle' }),
    ),
    label(x + width / 2, bottom + 28, 'pixels to the right', { ...style, anchor: 'middle' }),
    label(x - 28, (y + bottom) / 2, 'pixels down', { ...style, anchor: 'middle', rotate: -90 }),
    el('rect', {
      x,
      y,
      width,
      height: bottom - y,
      ...paint({ fill: 'none', stroke: 'line' }),
      'stroke-width': 0.8,
    }),
  ].join('')
}

const signed = (n: number): string => (n < 0 ? `−${-n}` : n > 0 ? `+${n}` : '0')
