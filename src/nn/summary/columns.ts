import { OptionError } from '../../base/errors.js'
import { grouped, readableBytes } from './format.js'
import type { Overview, OverviewRow } from './overview.js'

/** How one style fills the columns that all styles have. */
export interface Cells {
  shape(row: OverviewRow): string
  params(row: OverviewRow): string
}

/** One column of a summary. */
export interface Column {
  readonly title: string
  readonly width: number
  readonly align: 'left' | 'right'
  /** A line, or several that stand below each other. */
  cells(row: OverviewRow): readonly string[]
}

/** Where a style's columns end, as shares of the line. */
export interface Layout {
  readonly width: number
  readonly stops: readonly number[]
}

/** Letters that each extra column of a wide summary takes. */
const extraWidth = 16

/** Below this no style has room for its titles. */
const leastWidth = 40

/** The columns of a summary: name, shape, count, on wish two extra, and where there are branches the connections. */
export function columnsOf(overview: Overview, layout: Layout, wide: boolean, cells: Cells): Column[] {
  if (!(layout.width >= leastWidth))
    throw new OptionError(
      `summary: width must be ${leastWidth} or more, but ${layout.width} came.`,
      'Leave it out for the usual width.',
    )
  const ends = layout.stops.map(share => Math.floor(share * layout.width))
  const widths = ends.map((end, i) => end - (ends[i - 1] ?? 0))
  const column = (title: string, width: number, align: Column['align'], cell: Column['cells']): Column => ({
    title,
    width,
    align,
    cells: cell,
  })
  return [
    column('Layer (type)', widths[0]!, 'left', row => [`${row.name} (${row.className})`]),
    column('Output Shape', widths[1]!, 'left', row => [cells.shape(row)]),
    column('Param #', widths[2]!, 'right', row => [cells.params(row)]),
    ...(wide ? extraColumns(column) : []),
    ...(overview.branching ? [column('Connected to', widths[3]!, 'left', row => row.connections)] : []),
  ]
}

const extraColumns = (
  column: (title: string, width: number, align: Column['align'], cell: Column['cells']) => Column,
): Column[] => [
  column('Mult-Adds', extraWidth, 'right', row => [grouped(row.multiplyAdds)]),
  column('Output Bytes', extraWidth, 'right', row => [readableBytes(row.bytes)]),
]
