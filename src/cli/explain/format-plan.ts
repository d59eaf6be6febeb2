import { formatBytes, formatCount, formatPercent } from '../../base/format.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import type { StepPlan, StepTiming } from '../../train/plan.js'
import type { StepKind } from '../../train/step.js'
import { type Align, formatTable } from '../table.js'
import { isProduct, linesOf, type PlanLine } from './lines.js'
import { algorithmOf, whatOf } from './words.js'

interface Column {
  readonly title: string
  readonly align: Align
  cell(line: PlanLine): string
}

const columns: readonly Column[] = [
  { title: 'layer', align: 'left', cell: line => line.label },
  { title: 'what', align: 'left', cell: whatOf },
  { title: 'algorithm', align: 'left', cell: algorithmOf },
  { title: 'shapes', align: 'left', cell: shapesOf },
  { title: 'pieces', align: 'right', cell: line => formatCount(line.pieces) },
  { title: 'memory', align: 'right', cell: line => formatBytes(line.bytes) },
  { title: 'MFLOP', align: 'right', cell: line => formatMillions(line.flop) },
]

const timeColumns = (stepMilliseconds: number): readonly Column[] => [
  { title: 'ms', align: 'right', cell: line => line.milliseconds!.toFixed(2) },
  { title: 'share', align: 'right', cell: line => formatPercent(line.milliseconds! / stepMilliseconds) },
  { title: 'GFLOP/s', align: 'right', cell: line => formatRate(line.flop, line.milliseconds!) },
]

/** A plan as a table, with what it comes to below. */
export function formatPlan(title: string, plan: StepPlan): string {
  const shown = plan.timing ? [...columns, ...timeColumns(plan.timing.milliseconds)] : columns
  const table = formatTable(
    shown.map(column => column.title),
    linesOf(plan.kernels).map(line => shown.map(column => column.cell(line))),
    shown.map(column => column.align),
  )
  return [
    `${title}: ${kindWords[plan.kind]} ${pictures(plan)} · ${plan.device}\n`,
    table,
    '',
    totals(plan),
  ].join('\n')
}

const kindWords: Readonly<Record<StepKind, string>> = {
  train: 'a training step of',
  evaluate: 'measuring',
  predict: 'predicting',
}

const pictures = ({ batchSize }: StepPlan): string =>
  batchSize === 1 ? 'one picture' : `${formatCount(batchSize)} pictures`

/** Products with both factors, a bias aside; of what is made number by number one input says enough. */
function shapesOf({ op, count, inputs, output }: PlanLine): string {
  if (count > 1) return `${formatCount(sizeOf(output))} numbers`
  const sources = inputs.slice(0, isProduct(op) ? 2 : 1).map(formatShape)
  return `${sources.join(' · ')} → ${formatShape(output)}`
}

function totals(plan: StepPlan): string {
  const { kernels, flop, batchSize, bytes, variables, timing } = plan
  const lines = [
    `${formatCount(kernels.length)} kernels: ${formatMillions(flop)} MFLOP a step, ${formatMillions(flop / batchSize)} a picture`,
    `Memory: ${formatBytes(bytes)} for the step, ${formatBytes(variables.bytes)} for ${formatCount(variables.numbers)} variables`,
  ]
  return [...lines, ...(timing ? [timeTotal(plan, timing)] : [])].join('\n')
}

function timeTotal({ flop, batchSize }: StepPlan, { runs, milliseconds }: StepTiming): string {
  const rate = formatCount(Math.round((1000 * batchSize) / milliseconds))
  return `Time: ${milliseconds.toFixed(2)} ms a step, ${rate} pictures/s, ${formatRate(flop, milliseconds)} GFLOP/s (medians of ${runs} runs)`
}

const formatMillions = (flop: number): string =>
  (flop / 1e6).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** GFLOP/s, by the operations of the direct method; a kernel too short to be measured has none. */
const formatRate = (flop: number, milliseconds: number): string =>
  milliseconds > 0 ? (flop / milliseconds / 1e6).toFixed(1) : '–'
