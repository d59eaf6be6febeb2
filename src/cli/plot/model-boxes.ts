import { columnsOf, padRight } from '../../base/columns.js'
import { formatCount } from '../../base/format.js'
import type { ModelGraph, ModelNode } from '../../explain/model-graph.js'

/** What the boxes say. */
export interface BoxWords {
  readonly showShapes: boolean
  readonly showLayerNames: boolean
  readonly showLayerActivations: boolean
  readonly showParams: boolean
}

/**
 * A network for the terminal: a box for each layer, joined by arrows where one leads to the next. A box that stands behind
 * others than the one above it says so.
 */
export function modelBoxes({ nodes, edges }: ModelGraph, words: BoxWords): string {
  const boxes = nodes.map((node, to) => {
    const from = edges.filter(edge => edge.to === to).map(edge => edge.from)
    const follows = from.includes(to - 1)
    const elsewhere =
      from.length > (follows ? 1 : 0) ? [`from ${from.map(i => nodes[i]!.name).join(', ')}`] : []
    return { follows, lines: [...linesOf(node, words), ...elsewhere] }
  })
  const longest = Math.max(...boxes.flatMap(box => box.lines).map(columnsOf))
  // Odd, so that there is a middle.
  const width = longest + 1 - (longest % 2)
  return boxes
    .map(({ lines, follows }, i) => {
      const leads = boxes[i + 1]?.follows ?? false
      return [...(follows ? [arrowHead(width)] : i === 0 ? [] : ['']), ...boxOf(lines, width, leads)].join(
        '\n',
      )
    })
    .join('\n')
}

function linesOf(node: ModelNode, words: BoxWords): string[] {
  const { name, className, activation, inputShapes, outputShape, parameters } = node
  const title = words.showLayerNames ? `${name} (${className})` : className
  const active = words.showLayerActivations && activation !== null ? ` · ${activation}` : ''
  const shapes = node.isInput ? outputShape : `${inputShapes.join(' + ')} → ${outputShape}`
  return [
    `${title}${active}`,
    ...(words.showShapes ? [shapes] : []),
    ...(words.showParams ? [`${formatCount(parameters)} parameters`] : []),
  ]
}

/** Where the middle of a box is, counted from its left border. */
const middleOf = (width: number): number => Math.floor((width + 2) / 2)

function boxOf(lines: readonly string[], width: number, leads: boolean): string[] {
  const middle = middleOf(width)
  const bottom = leads ? `${'─'.repeat(middle)}┬${'─'.repeat(width + 1 - middle)}` : '─'.repeat(width + 2)
  return [
    `┌${'─'.repeat(width + 2)}┐`,
    ...lines.map(line => `│ ${padRight(line, width)} │`),
    `└${bottom}┘`,
    ...(leads ? [`${' '.repeat(middle + 1)}│`] : []),
  ]
}

const arrowHead = (width: number): string => `${' '.repeat(middleOf(width) + 1)}▼`
