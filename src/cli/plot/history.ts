import { basename } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { verdictText } from '../../explain/diagnosis/judge.js'
import { drawingPage } from '../../report/drawing-page.js'
import { drawHistories } from '../../viz/histories.js'
import { drawHistory } from '../../viz/history.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import type { Theme } from '../../viz/svg/theme.js'
import { wrapWords } from '../chart/side-by-side.js'
import type { CliIo } from '../io.js'
import { checkOutput, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { historyChart } from './history-chart.js'
import { comparisonText, historyCsv, historyJson, type PlottedRun } from './history-table.js'
import { readRun } from './read-run.js'

export interface PlotHistoryOptions {
  readonly output?: string
  readonly log?: boolean
  readonly range: string
  readonly theme?: Theme
  readonly arrange: string
  readonly patience?: number
  readonly ascii?: boolean
}

/** Where nobody says how wide the terminal is. */
const defaultColumns = 80

/** Does what `fovea plot history` is asked for. */
export async function plotHistory(
  paths: readonly string[],
  options: PlotHistoryOptions,
  io: CliIo,
): Promise<void> {
  const range = choice('--range', options.range, ['zero', 'data'])
  const arrange = choice('--arrange', options.arrange, ['row', 'column'])
  const theme = checkTheme(options.theme)
  const { output, log = false, ascii = false, patience } = options
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const runs: PlottedRun[] = []
  for (const path of paths) runs.push(await readRun(path, patience, io))
  if (output === undefined) return printHistories(runs, { log, range, ascii }, io)
  const how = { log, range, arrange }
  const files = {
    drawing: () => drawRuns(runs, how),
    html: () => pageOf(runs, how),
    csv: () => historyCsv(runs),
    json: () => historyJson(runs),
  }
  await writeOutput(io, output, files, theme)
  io.out(runs.length === 1 ? runs[0]!.diagnosis.text : comparisonText(runs))
}

function choice<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find(name => name === given)
  if (found !== undefined) return found
  throw new OptionError(
    `${option} should be ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, but is "${given}".`,
    `For example: ${option} ${known[0]}`,
  )
}

interface DrawnHow {
  readonly log: boolean
  readonly range: 'zero' | 'data'
  readonly arrange: 'row' | 'column'
  /** Default true. */
  readonly verdict?: boolean
}

/** The verdict on a single run is the page's text, so the drawing need not have it. */
function pageOf(runs: readonly PlottedRun[], how: DrawnHow): string {
  const narrow = drawRuns(runs, { ...how, arrange: 'column', verdict: false })
  const lead = runs.length === 1 ? { lead: runs[0]!.diagnosis.text } : {}
  return drawingPage(drawRuns(runs, { ...how, verdict: false }), { ...lead, narrow })
}

function drawRuns(runs: readonly PlottedRun[], options: DrawnHow): Drawing {
  const [first] = runs
  if (runs.length === 1) return drawHistory(first!.history, first!.diagnosis, options)
  const names = shortNames(runs.map(({ name }) => name))
  const named = runs.map(({ history, diagnosis }, i) => ({ name: names[i]!, history, marks: diagnosis }))
  return drawHistories(named, options)
}

/** Folders without what leads to them, where that tells them apart: there is little room at the end of a line. */
function shortNames(paths: readonly string[]): readonly string[] {
  const names = paths.map(path => basename(path))
  return new Set(names).size === names.length ? names : paths
}

/** One run: its curves and the verdict. Several: that for each of them, and a table. */
function printHistories(
  runs: readonly PlottedRun[],
  options: { log: boolean; range: 'zero' | 'data'; ascii: boolean },
  io: CliIo,
): void {
  const columns = io.terminal?.columns ?? defaultColumns
  for (const { name, history, diagnosis } of runs) {
    if (runs.length > 1) io.out(`${io.colors.bold(name)}\n`)
    io.out(`${historyChart(history, diagnosis, { ...options, columns, colors: io.colors })}\n`)
    io.out(`${wrapWords(diagnosis.text, columns)}`)
    for (const verdict of diagnosis.verdicts.slice(1))
      io.out(wrapWords(`Also: ${verdictText(verdict)}`, columns))
    for (const sentence of diagnosis.unknown) io.out(wrapWords(`Cannot be told: ${sentence}`, columns))
    io.out(`${wrapWords(stoppingText(diagnosis.earlyStopping), columns)}${runs.length > 1 ? '\n' : ''}`)
  }
  if (runs.length > 1) io.out(comparisonText(runs))
}

function stoppingText({ patience, stopped, kept }: PlottedRun['diagnosis']['earlyStopping']): string {
  if (kept === null) return ''
  return stopped === null
    ? `Early stopping with a patience of ${patience} would have gone on to the end, and kept epoch ${kept + 1}.`
    : `Early stopping with a patience of ${patience} would have ended after epoch ${stopped + 1}, and kept epoch ${kept + 1}.`
}
