import { formatPercent } from '../base/format.js'
import { Drawing } from './svg/drawing.js'
import { el, group } from './svg/element.js'
import { linearScale, type Scale } from './svg/scales.js'
import { fitText, label, labels, textWidth, wrapText } from './svg/text.js'
import { type InkName, paint } from './svg/theme.js'

/** A share of 0 … 1 with its standard error; NaN where nothing was counted. */
export interface CountedShare {
  readonly value: number
  readonly standardError: number
}

export interface ClassShares {
  /** Over all classes. */
  readonly accuracy: CountedShare
  readonly classes: readonly {
    readonly className: string
    /** Of the pictures that show the class, those that were recognised. */
    readonly recall: CountedShare
    /** Of the pictures that were taken for the class, those that show it. */
    readonly precision: CountedShare
  }[]
}

const textSize = 11
const margin = 12
const top = 46
const rowHeight = 34
const columnWidth = 62
const axisWidth = 180
const axisHeight = 22

interface Kind {
  readonly name: 'recall' | 'precision'
  readonly ink: InkName
  /** Of its line from the middle of the row. */
  readonly offset: number
  mark(x: number, y: number): string
}

/** They differ in shape and place as well as in colour. */
const kinds: readonly [Kind, Kind] = [
  {
    name: 'recall',
    ink: 'train',
    offset: -6,
    mark: (x, y) => el('circle', { cx: x, cy: y, r: 4, ...paint({ fill: 'train' }) }),
  },
  {
    name: 'precision',
    ink: 'validation',
    offset: 7,
    mark: (x, y) =>
      el('path', {
        d: `M${x - 5} ${y}L${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}Z`,
        ...paint({ fill: 'paper', stroke: 'validation' }),
        'stroke-width': 1.6,
      }),
  },
]

/** Recall and precision of each class, with whiskers of two standard errors, and the accuracy of all as a line. */
export function drawClassShares(shares: ClassShares): Drawing {
  const names = shares.classes.map(({ className }) => fitText(className, 86, { size: textSize }))
  const left = margin + Math.max(...names.map(name => textWidth(name, { size: textSize }))) + 12
  const scale = linearScale([0, 1], [left, left + axisWidth])
  const bottom = top + rowHeight * names.length
  const width = left + axisWidth + 8 + 2 * columnWidth + margin
  const below = wrapText(caption, width - 2 * margin, { size: textSize })
  return new Drawing({
    width,
    height: bottom + axisHeight + 12 + below.length * textSize * 1.35,
    title: 'How well each class is recognised',
    description: describe(shares),
    body: [
      axis(scale, bottom),
      accuracyLine(scale, shares.accuracy, bottom),
      titles(left + axisWidth + 8),
      ...shares.classes.map((shown, i) =>
        group(0, top + (i + 0.5) * rowHeight, classRow(names[i]!, shown, scale, left)),
      ),
      labels(margin, bottom + axisHeight + 16, below, { size: textSize, ink: 'muted' }),
    ].join(''),
  })
}

const caption =
  'Recall: of the pictures of the class, those recognised. Precision: of the pictures taken for it, those that show it. ' +
  'Whiskers: two standard errors.'

const axis = (scale: Scale, bottom: number): string =>
  [0, 0.25, 0.5, 0.75, 1]
    .map(share =>
      [
        el('line', { x1: scale(share), x2: scale(share), y1: top, y2: bottom, ...paint({ stroke: 'grid' }) }),
        label(scale(share), bottom + 15, `${100 * share} %`, { size: 10, ink: 'muted', anchor: 'middle' }),
      ].join(''),
    )
    .join('')

/** All classes together; its text keeps clear of the axis's ends. */
function accuracyLine(scale: Scale, { value }: CountedShare, bottom: number): string {
  const text = `all ${formatPercent(value)}`
  const half = textWidth(text, { size: 10 }) / 2
  const x = Math.min(scale(1) - half, Math.max(scale(0) + half, scale(value)))
  return [
    el('line', {
      x1: scale(value),
      x2: scale(value),
      y1: top - 6,
      y2: bottom,
      ...paint({ stroke: 'muted' }),
      'stroke-dasharray': '4 3',
    }),
    label(x, top - 11, text, { size: 10, ink: 'muted', anchor: 'middle' }),
  ].join('')
}

/** The columns of numbers, each under its mark: they say what the marks mean. */
const titles = (x: number): string =>
  kinds
    .map(({ name, mark }, i) => {
      const end = x + (i + 1) * columnWidth
      const start = end - textWidth(name, { size: textSize, weight: 'bold' })
      return [
        label(end, top - 11, name, { size: textSize, weight: 'bold', anchor: 'end' }),
        mark((start + end) / 2, top - 30),
      ].join('')
    })
    .join('')

const classRow = (name: string, shown: ClassShares['classes'][number], scale: Scale, left: number): string =>
  [
    label(left - 12, 0, name, { size: textSize, anchor: 'end', align: 'middle' }),
    ...kinds.map((kind, i) =>
      [
        shareLine(kind, shown[kind.name], scale),
        label(left + axisWidth + 8 + (i + 1) * columnWidth, 0, formatPercent(shown[kind.name].value), {
          size: textSize,
          anchor: 'end',
          align: 'middle',
        }),
      ].join(''),
    ),
  ].join('')

/** A whisker and the mark on it; nothing where nothing was counted. */
function shareLine(
  { ink, offset, mark }: Kind,
  { value, standardError }: CountedShare,
  scale: Scale,
): string {
  if (Number.isNaN(value)) return ''
  const [from, to] = [Math.max(0, value - 2 * standardError), Math.min(1, value + 2 * standardError)]
  return [
    el('line', {
      x1: scale(from),
      x2: scale(to),
      y1: offset,
      y2: offset,
      ...paint({ stroke: ink }),
      'stroke-width': 1.6,
    }),
    mark(scale(value), offset),
  ].join('')
}

function describe({ accuracy, classes }: ClassShares): string {
  const one = (kind: Kind['name']) => {
    const counted = classes.filter(shown => !Number.isNaN(shown[kind].value))
    const order = [...counted].sort((a, b) => b[kind].value - a[kind].value)
    const [best, worst] = [order[0], order.at(-1)]
    if (!best || !worst) return `No class has a ${kind}.`
    const each = (shown: ClassShares['classes'][number]) =>
      `${shown.className} (${formatPercent(shown[kind].value)} ± ${(100 * shown[kind].standardError).toFixed(1)})`
    return `The highest ${kind} has ${each(best)}, the lowest ${each(worst)}.`
  }
  return `All classes together: ${formatPercent(accuracy.value)} ± ${(100 * accuracy.standardError).toFixed(1)}. ${one('recall')} ${one('precision')}`
}
