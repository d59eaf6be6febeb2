import { formatPercent } from '../../base/format.js'
import type { Diagnosis } from '../../explain/diagnose.js'
import type { History } from '../../train/history.js'
import type { Owner } from '../chart/canvas.js'
import { type Chart, drawChart } from '../chart/chart.js'
import { asciiGlyphs, unicodeGlyphs } from '../chart/glyphs.js'
import { sideBySide } from '../chart/side-by-side.js'
import type { CliIo } from '../io.js'

export interface HistoryChartOptions {
  /** Letters across. */
  readonly columns: number
  readonly ascii?: boolean
  readonly log?: boolean
  readonly range?: 'zero' | 'data'
  readonly colors?: CliIo['colors']
}

/** With fewer columns than this the charts stand below each other. */
const columnsForTwo = 112
const widestChart = 76
const rows = 12

/** Accuracy and loss of one run as letters: side by side where there is room. */
export function historyChart(history: History, diagnosis: Diagnosis, options: HistoryChartOptions): string {
  const { columns, ascii = false, colors } = options
  const charts = [accuracyChart(history, diagnosis, options), lossChart(history, diagnosis, options)].filter(
    ({ training, validation }) => training.length + validation.length > 0,
  )
  const beside = columns >= columnsForTwo && charts.length > 1
  const width = Math.min(widestChart, beside ? Math.floor((columns - 2) / 2) : columns)
  const style = { columns: width, rows, glyphs: ascii ? asciiGlyphs : unicodeGlyphs, colour: painter(colors) }
  const drawn = charts.map(chart => drawChart(chart, style))
  return beside ? sideBySide(drawn, width).join('\n') : drawn.map(lines => lines.join('\n')).join('\n\n')
}

function painter(colors: CliIo['colors'] | undefined): (text: string, owner: Owner) => string {
  if (!colors) return text => text
  const paints: Readonly<Record<Owner, (text: string) => string>> = {
    onset: colors.green,
    training: colors.blue,
    validation: colors.yellow,
    best: colors.bold,
  }
  return (text, owner) => paints[owner](text)
}

const accuracyChart = (history: History, diagnosis: Diagnosis, options: HistoryChartOptions): Chart => ({
  ...curvesOf(history, 'accuracy', diagnosis, diagnosis.best.valAccuracy),
  title: titled('Accuracy', diagnosis.best.valAccuracy, formatPercent),
  values: axis(history, 'accuracy', { ...options, log: false }),
  log: false,
  write: formatPercent,
})

const lossChart = (history: History, diagnosis: Diagnosis, options: HistoryChartOptions): Chart => ({
  ...curvesOf(history, 'loss', diagnosis, diagnosis.best.valLoss),
  title: titled(options.log ? 'Loss (logarithmic)' : 'Loss', diagnosis.best.valLoss, formatLoss),
  values: axis(history, 'loss', options),
  log: options.log ?? false,
  write: formatLoss,
})

/** `0.712`, `1.31` */
export const formatLoss = (loss: number): string => String(Number(loss.toPrecision(3)))

function titled(title: string, best: Diagnosis['best']['valLoss'], write: (value: number) => string): string {
  return best ? `${title}: best ${write(best.value)} in epoch ${best.epoch + 1}` : title
}

function curvesOf(
  { epoch, history }: History,
  name: string,
  { onset }: Diagnosis,
  best: Diagnosis['best']['valLoss'],
): Pick<Chart, 'epochs' | 'training' | 'validation' | 'best' | 'onset'> {
  return {
    epochs: epoch.map(number => number + 1),
    training: history[name] ?? [],
    validation: history[`val_${name}`] ?? [],
    best: best && { epoch: best.epoch + 1, value: best.value },
    onset: onset === null ? null : onset + 1,
  }
}

/** From 0 to the highest value; from the lowest where the axis is logarithmic or shall begin with the data. */
function axis(
  { history }: History,
  name: string,
  { log = false, range = 'zero' }: Pick<HistoryChartOptions, 'log' | 'range'>,
): [number, number] {
  const values = [...(history[name] ?? []), ...(history[`val_${name}`] ?? [])].filter(
    value => Number.isFinite(value) && (!log || value > 0),
  )
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return log || range === 'data' || low < 0 ? [low, high] : [0, high]
}
