import { formatBytes, formatCount, formatPercent } from '../../base/format.js'
import { formatShape } from '../../base/shape.js'
import { type ShapeChain, type ShapeChainRow, shapeChain } from '../../explain/shape-chain.js'
import { drawingPage } from '../../report/drawing-page.js'
import { drawShapeChain } from '../../viz/shape-chain/shape-chain.js'
import { type Drawing, stacked } from '../../viz/svg/drawing.js'
import type { Theme } from '../../viz/svg/theme.js'
import { drawWhereItGoes } from '../../viz/where-it-goes.js'
import type { CliIo } from '../io.js'
import { networkOf } from '../network-of.js'
import { checkOutput, csvOf, writeOutput } from '../output.js'
import { type Align, formatTable } from '../table.js'
import { checkTheme } from '../theme.js'

/** The options of `fovea explain shapes` as they were given. */
export interface ExplainShapesFlags {
  readonly model?: string
  readonly output?: string
  readonly width?: number
  readonly theme?: Theme
}

/** Does what `fovea explain shapes` is asked for. */
export async function explainShapes(
  path: string | null,
  flags: ExplainShapesFlags,
  io: CliIo,
): Promise<void> {
  const theme = checkTheme(flags.theme)
  if (flags.output !== undefined) checkOutput(flags.output, { csv: true, json: true })
  const chain = shapeChain(await networkOf('explain shapes', path, flags, 'dimensions'))
  if (flags.output === undefined) io.out(`${tableOf(chain)}\n`)
  else {
    const drawing = () => drawingOf(chain, flags.width)
    const html = () => drawingPage(drawing(), { lead: pageLead, narrow: drawingOf(chain, phoneWidth) })
    const output = { drawing, html, csv: () => csvOfChain(chain), json: () => chain }
    await writeOutput(io, flags.output, output, theme)
  }
  io.out(chain.sentence)
}

const pageLead =
  'How sizes change from layer to layer, to scale; and how many of the parameters and of the multiply-adds each layer has.'

/** Units that a phone shows without moving them sideways. */
const phoneWidth = 340

/** The picture to scale, and below it where the parameters and the work are. */
function drawingOf(chain: ShapeChain, width = 760): Drawing {
  const parts = [drawShapeChain(chain, { width }), drawWhereItGoes(chain, { width: Math.min(width, 480) })]
  return stacked(parts, { title: `Sizes and costs of the network "${chain.name}"` })
}

interface Column {
  readonly title: string
  readonly align: Align
  cell(row: ShapeChainRow): string
}

const columns: readonly Column[] = [
  { title: 'layer', align: 'left', cell: row => row.name },
  { title: 'input', align: 'left', cell: row => row.inputs.map(formatShape).join(' + ') },
  { title: 'output', align: 'left', cell: row => formatShape(row.output) },
  { title: 'how', align: 'left', cell: row => row.formula ?? '' },
  { title: 'parameters', align: 'right', cell: row => formatCount(row.parameters) },
  { title: 'share', align: 'right', cell: row => formatPercent(row.shares.parameters) },
  { title: 'multiply-adds', align: 'right', cell: row => formatCount(row.multiplyAdds) },
  { title: 'share', align: 'right', cell: row => formatPercent(row.shares.multiplyAdds) },
  { title: 'bytes', align: 'right', cell: row => formatBytes(row.bytes) },
  { title: 'share', align: 'right', cell: row => formatPercent(row.shares.bytes) },
]

function tableOf({ rows, totals }: ShapeChain): string {
  const { parameters, multiplyAdds, bytes } = totals
  const sums = [
    'all layers',
    '',
    '',
    '',
    formatCount(parameters),
    '',
    formatCount(multiplyAdds),
    '',
    formatBytes(bytes),
    '',
  ]
  return formatTable(
    columns.map(column => column.title),
    [...rows.map(row => columns.map(column => column.cell(row))), sums],
    columns.map(column => column.align),
  )
}

const csvTitles = ['layer', 'class', 'input', 'output', 'formula', 'parameters', 'parameterShare'].concat([
  'multiplyAdds',
  'multiplyAddShare',
  'bytes',
  'byteShare',
])

const csvOfChain = ({ rows }: ShapeChain): string =>
  csvOf(
    csvTitles,
    rows.map(({ name, className, inputs, output, formula, shares, ...costs }) => [
      ...[name, className, inputs.map(formatShape).join(' + '), formatShape(output), formula ?? ''],
      ...[costs.parameters, shares.parameters],
      ...[costs.multiplyAdds, shares.multiplyAdds],
      ...[costs.bytes, shares.bytes],
    ]),
  )
