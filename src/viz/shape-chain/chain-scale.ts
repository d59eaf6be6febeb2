import type { Shape } from '../../base/shape.js'

/** Units of the longest side of a picture, of the deepest block's oblique edge, and of the longest column. */
const longest = { side: 76, depth: 68, column: 96 }
/** Small pictures are not blown up further than this: units a cell. */
const largestCell = 9
/** What is there at all can be seen. */
const thinnest = 2

/** How long things are drawn, in units, and the words that say so. */
export interface ChainScale {
  /** Of `cells` cells of a picture's height or width. */
  side(cells: number): number
  /** Of the oblique edge of `channels` channels. */
  depth(channels: number): number
  /** Of a column of `count` numbers. */
  column(count: number): number
  readonly note: string
}

/** One scale for all layers of a network: blocks among themselves, and columns among themselves. */
export function scaleOf(shapes: readonly Shape[]): ChainScale {
  const blocks = shapes.filter(isBlock)
  const columns = shapes.filter(shape => !isBlock(shape)).map(countOf)
  const unit = Math.min(
    largestCell,
    longest.side / Math.max(1, ...blocks.flatMap(shape => shape.slice(0, 2))),
  )
  const channels = Math.max(1, ...blocks.map(shape => shape[2]!))
  const trueDepth = (channels * unit) / 2 <= longest.depth
  const most = Math.max(1, ...columns)
  const trueColumns = most / Math.min(most, ...columns) <= longest.column / (2 * thinnest)
  const depth = (count: number) =>
    trueDepth ? (count * unit) / 2 : longest.depth * Math.sqrt(count / channels)
  const column = (count: number) =>
    trueColumns ? (longest.column * count) / most : longest.column * Math.sqrt(count / most)
  return {
    side: cells => Math.max(thinnest, cells * unit),
    depth: count => Math.max(thinnest, depth(count)),
    column: count => Math.max(thinnest, column(count)),
    note: [
      blocks.length > 0 ? blockNote(trueDepth) : '',
      columns.length > 0 ? columnNote(trueColumns, blocks.length > 0) : '',
    ]
      .filter(text => text !== '')
      .join(' '),
  }
}

/** A picture or a feature map: height, width, channels. All else is a column of numbers. */
export const isBlock = (shape: Shape): boolean => shape.length === 3

export const countOf = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)

const blockNote = (isTrue: boolean): string =>
  isTrue
    ? 'Blocks are to scale; channels go back at half their length, as oblique drawings have it.'
    : 'Height and width are to scale; four times as many channels go back twice as far.'

const columnNote = (isTrue: boolean, beside: boolean): string => {
  const who = beside ? 'Columns have a scale of their own' : 'Columns are to scale'
  if (isTrue) return `${who}.`
  const rule = 'four times as many numbers are twice as high'
  return beside ? `${who}: ${rule}.` : `In columns, ${rule}.`
}
