import { inkOn } from './color-scales.js'
import { el } from './element.js'
import { label } from './text.js'
import { type InkName, paint } from './theme.js'

/** One square of a grid. */
export interface Cell {
  readonly text: string
  /** A colour of data (`#rrggbb`); the text is black or white on it. Default: the ground. */
  readonly fill?: string
  /** Default `ink`; not used on a colour of data. */
  readonly ink?: InkName
  readonly weight?: 'normal' | 'bold'
}

export interface CellGrid {
  readonly x: number
  readonly y: number
  /** Side of a square, or its width and height. */
  readonly size: number | readonly [width: number, height: number]
  readonly rows: readonly (readonly (Cell | null)[])[]
  /** Of the texts. Default: a third of the height, 10 to 14. */
  readonly textSize?: number
}

/** Squares with numbers in them, row by row; null leaves a gap. */
export function cells({ x, y, size, rows, textSize }: CellGrid): string {
  const [width, height] = typeof size === 'number' ? [size, size] : size
  const letters = textSize ?? Math.min(14, Math.max(10, height / 3))
  return rows
    .flatMap((row, r) =>
      row.map((cell, c) => cell && cellAt(cell, x + c * width, y + r * height, width, height, letters)),
    )
    .filter(Boolean)
    .join('')
}

function cellAt(cell: Cell, x: number, y: number, width: number, height: number, size: number): string {
  const { text, fill, ink = 'ink', weight = 'normal' } = cell
  const ground =
    fill === undefined ? paint({ fill: 'paper', stroke: 'faint' }) : { ...paint({ stroke: 'faint' }), fill }
  const colour = fill === undefined ? {} : { colour: inkOn(fill) }
  return [
    el('rect', { x, y, width, height, ...ground }),
    text === ''
      ? ''
      : label(x + width / 2, y + height / 2, text, {
          size,
          ink,
          weight,
          anchor: 'middle',
          align: 'middle',
          ...colour,
        }),
  ].join('')
}
