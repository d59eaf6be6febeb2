import { Drawing } from '../svg/drawing.js'
import { el } from '../svg/element.js'
import { fitText, label } from '../svg/text.js'
import { paint, series } from '../svg/theme.js'
import type { NamedHistory } from './input.js'
import { mark } from './mark.js'
import { lossText, percentWithError } from './numbers.js'

/** Columns: where they end, and what stands above them in two lines. */
const columns: readonly (readonly [end: number, above: string, below: string])[] = [
  [176, 'best', 'epoch'],
  [240, 'validation', 'loss'],
  [330, 'validation', 'accuracy'],
  [392, 'overfitting', 'starts'],
]
const rowHeight = 22
const headHeight = 40

/** One line a run: its best epoch by validation loss, what it reached there, and where it begins to overfit. */
export function comparisonTable(runs: readonly NamedHistory[]): Drawing {
  const head = columns.flatMap(([x, above, below]) =>
    [above, below].map((text, i) => label(x, 14 + 14 * i, text, { size: 11, ink: 'muted', anchor: 'end' })),
  )
  const rule = el('line', {
    x1: 12,
    x2: 392,
    y1: headHeight - 6,
    y2: headHeight - 6,
    ...paint({ stroke: 'faint' }),
  })
  const rows = runs.map((run, i) => row(run, i, headHeight + rowHeight * (i + 0.5)))
  return new Drawing({
    width: 400,
    height: headHeight + rowHeight * runs.length + 6,
    title: 'Runs side by side',
    description: runs.map(describeRow).join(' '),
    body: [...head, rule, ...rows].join(''),
  })
}

function row(run: NamedHistory, i: number, y: number): string {
  const cells = cellsOf(run).map((text, column) =>
    label(columns[column]![0], y, text, { size: 11, anchor: 'end', align: 'middle' }),
  )
  return [
    mark(i, 18, y, series(i)),
    label(30, y, fitText(run.name, 108, { size: 11 }), { size: 11, ink: series(i), align: 'middle' }),
    ...cells,
  ].join('')
}

/** A dash where there is nothing. */
export function cellsOf({ history, marks = {} }: NamedHistory): string[] {
  const { best, standardErrors, onset } = marks
  const lowest = best?.valLoss ?? null
  const place = lowest ? history.epoch.indexOf(lowest.epoch) : -1
  const accuracy = history.history.val_accuracy?.[place] ?? null
  return [
    lowest ? String(lowest.epoch + 1) : '–',
    lowest ? lossText(lowest.value) : '–',
    accuracy === null ? '–' : percentWithError(accuracy, standardErrors?.valAccuracy[place]),
    typeof onset === 'number' ? `epoch ${onset + 1}` : '–',
  ]
}

function describeRow(run: NamedHistory): string {
  const [best, loss, accuracy, onset] = cellsOf(run)
  const starts = onset === '–' ? 'no onset of overfitting' : `overfitting starts in ${onset}`
  return `${run.name}: best epoch ${best}, validation loss ${loss}, validation accuracy ${accuracy}, ${starts}.`
}
