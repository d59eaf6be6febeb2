import { Canvas, type Owner } from './canvas.js'
import type { Glyphs } from './glyphs.js'

/** Two curves over epochs for the terminal. Gaps are NaN. */
export interface Chart {
  readonly title: string
  /** From 1. */
  readonly epochs: readonly number[]
  readonly training: readonly number[]
  /** Empty where there is none. */
  readonly validation: readonly number[]
  /** From 1; null where there is none. */
  readonly best: { readonly epoch: number; readonly value: number } | null
  readonly onset: number | null
  /** Lowest and highest value of the axis. */
  readonly values: readonly [number, number]
  /** Where the axis is logarithmic. */
  readonly log: boolean
  readonly write: (value: number) => string
}

export interface ChartStyle {
  /** Letters across, axis and names included. */
  readonly columns: number
  readonly rows: number
  readonly glyphs: Glyphs
  readonly colour: (text: string, owner: Owner) => string
}

/** Letters left of the axis, and to the right of the curves. */
const margin = { left: 8, right: 19 } as const

/** The chart, line by line at most `columns` wide. */
export function drawChart(chart: Chart, style: ChartStyle): string[] {
  const { columns, rows, glyphs } = style
  const width = Math.max(10, columns - margin.left - margin.right)
  const canvas = new Canvas(width, rows, glyphs)
  const at = placer(chart)
  drawOnset(chart, canvas, at, glyphs)
  drawTraining(chart, canvas, at)
  drawValidation(chart, canvas, at, glyphs)
  if (chart.best) canvas.put(...at(chart.best.epoch, chart.best.value), glyphs.best, 'best')
  const names = namesAtEnds(chart, rows, at, style)
  const body = canvas.text(style.colour).map((text, row) => axisLabel(chart, row, style) + text + names[row]!)
  return [chart.title, ...body, ...floor(chart, width, style)]
}

type Place = (epoch: number, value: number) => [x: number, y: number]

/** Epoch and value as shares of width and height. The first and last epoch lie in the middle of their letters. */
function placer({ epochs, values, log }: Chart): Place {
  const [first, last] = [epochs[0]!, epochs.at(-1)!]
  const on = (value: number) => (log ? Math.log(value) : value)
  const [low, high] = values.map(on) as [number, number]
  return (epoch, value) => [
    first === last ? 0.5 : (0.999 * (epoch - first)) / (last - first),
    high === low ? 0.5 : 0.999 * (1 - (on(value) - low) / (high - low)),
  ]
}

const isPlace = (place: readonly number[]): boolean => place.every(Number.isFinite)

function drawOnset({ onset }: Chart, canvas: Canvas, at: Place, { onset: glyph }: Glyphs): void {
  if (onset === null) return
  for (let row = 0; row < canvas.rows; row++)
    canvas.put(at(onset, 1)[0], (row + 0.5) / canvas.rows, glyph, 'onset')
}

function drawTraining({ epochs, training }: Chart, canvas: Canvas, at: Place): void {
  const points = training.map((value, i) => at(epochs[i]!, value))
  points.forEach((point, i) => {
    const next = points[i + 1]
    if (isPlace(point)) canvas.line(point, next && isPlace(next) ? next : point)
  })
}

/** A letter in each column: between two epochs the curve is straight. */
function drawValidation({ epochs, validation }: Chart, canvas: Canvas, at: Place, { points }: Glyphs): void {
  const places = validation.map((value, i) => at(epochs[i]!, value))
  places.forEach(([x, y], i) => {
    if (isPlace([x, y])) canvas.put(x, y, points, 'validation')
    const [nextX, nextY] = places[i + 1] ?? [Number.NaN, Number.NaN]
    const steps = Math.floor((nextX - x) * canvas.columns)
    for (let step = 1; step < steps && Number.isFinite(nextY + y); step++) {
      const share = step / steps
      canvas.put(x + share * (nextX - x), y + share * (nextY - y), points, 'validation')
    }
  })
}

/** For each row the name of the curve that ends there; of two in one row the second goes below, or above. */
function namesAtEnds(chart: Chart, rows: number, at: Place, { glyphs, colour }: ChartStyle): string[] {
  const names = new Array<string>(rows).fill(' '.repeat(margin.right))
  const write = (values: readonly number[], owner: Owner, glyph: string) => {
    const last = values.findLastIndex(value => isPlace(at(chart.epochs[0]!, value)))
    if (last < 0) return
    const row = Math.min(rows - 1, Math.floor(at(chart.epochs[last]!, values[last]!)[1] * rows))
    const free = [row, row + 1, row - 1].find(place => names[place]?.trim() === '')!
    const text = `${owner} ${chart.write(values[last]!)}`.padEnd(margin.right - 3)
    names[free] = ` ${colour(glyph, owner)} ${text}`
  }
  write(chart.training, 'training', glyphs.line ?? '⠒')
  write(chart.validation, 'validation', glyphs.points)
  return names
}

/** Numbers stand at the top, in the middle and at the bottom. */
function axisLabel({ values, log, write }: Chart, row: number, { rows, glyphs }: ChartStyle): string {
  const middle = Math.floor((rows - 1) / 2)
  const [low, high] = values
  const share = 1 - (row + 0.5) / rows
  const inside = log ? low * (high / low) ** share : low + share * (high - low)
  const value = row === 0 ? high : row === rows - 1 ? low : inside
  const labelled = row === 0 || row === middle || row === rows - 1
  const text = labelled ? write(value) : ''
  return `${text.padStart(margin.left - 2)} ${labelled ? glyphs.axis.tick : glyphs.axis.side}`
}

/** The epochs' axis: first and last, and where overfitting starts. */
function floor({ epochs, onset }: Chart, width: number, { glyphs, colour }: ChartStyle): string[] {
  const { corner, floor } = glyphs.axis
  const [first, last] = [String(epochs[0]!), String(epochs.at(-1)!)]
  const indent = ' '.repeat(margin.left)
  const middle = 'epoch'.padStart(Math.floor((width + 5) / 2) - first.length)
  const numbers = first === last ? `${first}` : `${first}${middle}`.padEnd(width - last.length) + last
  const lines = [`${' '.repeat(margin.left - 1)}${corner}${floor.repeat(width)}`, `${indent}${numbers}`]
  if (onset === null) return lines
  const column = Math.floor((width * 0.999 * (onset - epochs[0]!)) / Math.max(1, epochs.at(-1)! - epochs[0]!))
  return [...lines, onsetLine(indent, column, onset, width, glyphs, colour)]
}

function onsetLine(
  indent: string,
  column: number,
  onset: number,
  width: number,
  { onsetFoot }: Glyphs,
  colour: ChartStyle['colour'],
): string {
  const words = `overfitting starts (epoch ${onset})`
  const fits = column + words.length + 2 <= width + margin.right
  return fits || column < words.length + 1
    ? `${indent}${' '.repeat(column)}${colour(`${onsetFoot} ${words}`, 'onset')}`
    : `${indent}${' '.repeat(column - words.length - 1)}${colour(`${words} ${onsetFoot}`, 'onset')}`
}
