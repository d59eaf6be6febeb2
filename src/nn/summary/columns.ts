import { OptionError } from '../../base/errors.js'
import { formatBytes, formatCount } from '../../base/format.js'
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
export function columnsOf(overview: Overview, layout: Layout, wide: boolean, style: Cells): Column[] {
  const [name = 0, shape = 0, params = 0, connected = 0] = widthsOf(layout)
  return [
    {
      title: 'Layer (type)',
      width: name,
      align: 'left',
      cells: row => [`${row.name} (${row.className})`],
    },
    { title: 'Output Shape', width: shape, align: 'left', cells: row => [style.shape(row)] },
    { title: 'Param #', width: params, align: 'right', cells: row => [style.params(row)] },
    ...(wide ? extraColumns : []),
    ...(overview.branching ? [connections(connected)] : []),
  ]
}

const extraColumns: readonly Column[] = [
  { title: 'Mult-Adds', width: extraWidth, align: 'right', cells: row => [formatCount(row.multiplyAdds)] },
  { title: 'Output Bytes', width: extraWidth, align: 'right', cells: row => [formatBytes(row.bytes)] },
]

const connections = (width: number): Column => ({
  title: 'Connected to',
  width,
  align: 'left',
  cells: row => row.connections,
})

function widthsOf({ width, stops }: Layout): number[] {
  if (!(width >= leastWidth))
    throw new OptionError(
      `summary: width must be ${leastWidth} or more, but ${width} came.`,
      'Leave it out for the usual width.',
    )
  const ends = stops.map(share => Math.floor(share * width))
  return ends.map((end, i) => end - (ends[i - 1] ?? 0))
}
