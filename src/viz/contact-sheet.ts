import type { Pixels } from './png/encode-png.js'
import { el, short } from './svg/element.js'
import { picture } from './svg/picture.js'
import { paint } from './svg/theme.js'

/** Where the pictures of a contact sheet stand, row by row, in units. */
export interface SheetLayout {
  readonly count: number
  readonly columns: number
  readonly rows: number
  readonly cell: readonly [width: number, height: number]
  readonly gap: number
  readonly width: number
  readonly height: number
}

export interface SheetRequest {
  readonly count: number
  /** Of one picture, in pixels. */
  readonly size: readonly [width: number, height: number]
  /** Units there are. */
  readonly width: number
  /** The width of a cell at most, in units. */
  readonly largest: number
}

/** A sheet about as high as it is wide. */
export function layOutSheet(request: SheetRequest, gap = 2): SheetLayout {
  const columns = columnsFor(request)
  const cell = Math.min(request.largest, (request.width + gap) / columns - gap)
  return sheetOf(request, columns, cell, gap)
}

/** About as many as rows; a few more where the last row is full then. */
export function columnsFor({ count, size: [wide, high], width, largest }: SheetRequest): number {
  const square = Math.max(Math.ceil(Math.sqrt((count * high) / wide)), Math.floor(width / (largest + 2)))
  for (let columns = square; columns <= 1.5 * square; columns++) if (count % columns === 0) return columns
  return Math.min(count, square)
}

export function sheetOf(
  { count, size: [wide, high] }: SheetRequest,
  columns: number,
  cellWidth: number,
  gap: number,
): SheetLayout {
  const cellHeight = (cellWidth * high) / wide
  const rows = Math.ceil(count / columns)
  const width = columns * (cellWidth + gap) - gap
  const height = rows * (cellHeight + gap) - gap
  return { count, columns, rows, cell: [cellWidth, cellHeight], gap, width, height }
}

/** Upper left corner of picture i, seen from that of the sheet. */
const placeIn = (
  { columns, cell: [width, height], gap }: SheetLayout,
  i: number,
): readonly [x: number, y: number] => [
  (i % columns) * (width + gap),
  Math.floor(i / columns) * (height + gap),
]

/** Each picture on its own: for pictures of few pixels. */
export const pictureSheet = (
  x: number,
  y: number,
  layout: SheetLayout,
  pictures: readonly Pixels[],
): string =>
  pictures
    .map((pixels, i) => {
      const [left, top] = placeIn(layout, i)
      return picture(x + left, y + top, ...layout.cell, pixels)
    })
    .join('')

/** A cross over picture i of a sheet at (x, y). */
export function crossOut(x: number, y: number, layout: SheetLayout, i: number): string {
  const [left, top] = placeIn(layout, i)
  const [width, height] = layout.cell
  const [x0, y0, x1, y1] = [x + left, y + top, x + left + width, y + top + height].map(short)
  const d = `M${x0} ${y0}L${x1} ${y1}M${x1} ${y0}L${x0} ${y1}`
  const line = (stroke: 'paper' | 'bad', strokeWidth: number) =>
    el('path', { d, ...paint({ fill: 'none', stroke }), 'stroke-width': strokeWidth })
  return width < 12 ? line('bad', 1) : line('paper', 3.4) + line('bad', 1.6)
}
