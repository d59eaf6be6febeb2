import { columnsOf, padRight } from '../base/columns.js'
import { formatCount } from '../base/format.js'
import type { Rows } from '../base/rows.js'
import type { Shape } from '../base/shape.js'
import type { Dataset, Examples } from './dataset.js'
import { countClasses } from './split.js'

/** The smallest and the largest number of many. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** What one part of a data set holds. */
export interface PartDescription {
  readonly name: 'train' | 'test'
  /** `[N, H, W, C]` */
  readonly shape: Shape
  /** Of the bytes as stored. */
  readonly stored: Range
  /** Of the numbers a network sees. */
  readonly scaled: Range
  /** Pictures of each class, in the order of the class names. */
  readonly perClass: readonly number[]
}

/** What `fovea data` shows. */
export interface DatasetDescription {
  readonly name: string
  readonly classNames: readonly string[]
  readonly parts: readonly PartDescription[]
  readonly notices: readonly string[]
}

/** Shapes, ranges before and after scaling, pictures per class. */
export function describe(dataset: Dataset): DatasetDescription {
  const { name, classNames, notices } = dataset
  const part = (which: 'train' | 'test') => describePart(which, dataset[which], classNames.length)
  return { name, classNames, notices, parts: [part('train'), part('test')] }
}

function describePart(name: 'train' | 'test', { x, y }: Examples, classes: number): PartDescription {
  const stored = rangeOf(x)
  const seen = (value: number) => value * x.scaling.scale + x.scaling.offset
  const ends = [seen(stored.min), seen(stored.max)]
  const scaled = { min: Math.min(...ends), max: Math.max(...ends) }
  return { name, shape: x.shape, stored, scaled, perClass: countClasses(y.data, classes) }
}

function rangeOf(x: Rows<Uint8Array>): Range {
  let min = Infinity
  let max = -Infinity
  for (let row = 0; row < x.rows; row++)
    for (const value of x.row(row)) {
      if (value < min) min = value
      if (value > max) max = value
    }
  return { min, max }
}

/** The description as lines of text: one for each part and one for each class, columns aligned. */
export function formatDescription({ name, classNames, parts, notices }: DatasetDescription): string {
  const head = parts.map(part => `${name} ${part.name.padEnd(5)}  ${formatPart(part)}`)
  const width = Math.max(5, ...classNames.map(columnsOf))
  const column = (text: string | number) => String(text).padStart(8)
  const title = `${'class'.padEnd(width)}${parts.map(part => column(part.name)).join('')}`
  const rows = classNames.map(
    (text, label) =>
      `${padRight(text, width)}${parts.map(part => column(formatCount(part.perClass[label]!))).join('')}`,
  )
  return [...head, '', title, ...rows, ...notices.map(notice => `\n${notice}`)].join('\n')
}

function formatPart({ shape, stored, scaled }: PartDescription): string {
  const shown = shape.map((length, axis) => (axis === 0 ? formatCount(length) : length)).join('×')
  return `${shown}  bytes ${stored.min} … ${stored.max}  scaled ${short(scaled.min)} … ${short(scaled.max)}`
}

const short = (value: number): string => String(Number(value.toFixed(4)))
