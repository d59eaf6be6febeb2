import { formatCount } from '../base/format.js'
import { formatShape, type Shape, sizeOf } from '../base/shape.js'
import type { LayerCall } from './calls.js'
import type { Network } from './network.js'

/** What one layer makes of what it gets, without the batch axis. */
export interface ShapeRow {
  readonly name: string
  readonly className: string
  /** Several for layers that join. */
  readonly inputs: readonly Shape[]
  readonly output: Shape
  /** Numbers in its weights. */
  readonly weights: number
}

/** How sizes change from layer to layer; input layers are left out, they are in the inputs of the next. */
export const shapes = (network: Network): ShapeRow[] =>
  network.calls
    .filter(call => call.layer.arity !== 'none')
    .map(call => ({
      name: call.name,
      className: call.layer.className,
      inputs: call.inputShapes,
      output: call.outputShape,
      weights: countNumbers(call),
    }))

/** Numbers in the weights of one layer. */
export const countNumbers = (call: LayerCall): number =>
  call.weights.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0)

/** The rows as text, a line for each layer: `conv2d  Conv2D  32×32×3 → 28×28×16  1,216 weights`. */
export function formatShapes(rows: readonly ShapeRow[]): string {
  const cells = rows.map(({ name, className, inputs, output, weights }) => [
    name,
    className,
    inputs.map(formatShape).join(' + '),
    `→ ${formatShape(output)}`,
    weights > 0 ? `${formatCount(weights)} weights` : '',
  ])
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map(row => row[column]!.length))) ?? []
  return cells.map(row => formatRow(row, widths)).join('\n')
}

const formatRow = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, column) => cell.padEnd(widths[column]!))
    .join('  ')
    .trimEnd()
