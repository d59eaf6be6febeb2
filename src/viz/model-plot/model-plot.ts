import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { Drawing } from '../svg/drawing.js'
import { el, group } from '../svg/element.js'
import type { Box, PlottedLayer, PlottedModel } from './box.js'
import { classicBox } from './classic-box.js'
import { type EdgeLook, edgePath } from './edges.js'
import { type GraphLayout, isChain, layOutChain, type Rankdir } from './graph.js'
import { keras3Box } from './keras3-box.js'
import { type DrawModelOptions, lookOf, type ModelLook, type ModelPlotStyle } from './options.js'

/** How a style draws boxes and edges. */
interface StyleOfPlot {
  box(layer: PlottedLayer, look: ModelLook): Box
  readonly edge: EdgeLook
  readonly font?: string
}

const styles: Readonly<Record<ModelPlotStyle, StyleOfPlot>> = {
  classic: {
    box: classicBox,
    edge: { line: 1, head: [9, 7] },
    font: "'Times New Roman', Times, 'Liberation Serif', serif",
  },
  keras3: { box: keras3Box, edge: { line: 2, head: [11, 10] } },
}

/** Units around the plot. */
const margin = 12

/**
 * The network as Keras' plot_model draws it: a box for each layer, joined by arrows.
 *
 * @throws OptionError for unknown options, and for a network with branches when no `layout` is given
 */
export function drawModel(model: PlottedModel, options: DrawModelOptions = {}): Drawing {
  const look = lookOf(options)
  const style = styles[look.style]
  const { nodes, edges } = look.style === 'keras3' ? withoutSequentialInput(model) : model
  const boxes = nodes.map(node => style.box(node, look))
  const layout = isChain(nodes.length, edges) ? layOutChain : layoutFor(model, options.layout)
  const places = layout({ boxes, edges, rankdir: look.rankdir })
  const body = [
    ...places.edges.map(points => edgePath(points, look.rankdir, style.edge)),
    ...boxes.map((box, i) => group(...places.boxes[i]!, box.body)),
  ]
  return new Drawing({
    width: places.width + 2 * margin,
    height: places.height + 2 * margin,
    title: `The layers of the network "${model.name}"`,
    description: describe(model, look.rankdir),
    body: el('g', { transform: `translate(${margin} ${margin})`, 'font-family': style.font }, ...body),
  })
}

/** Whether the boxes of a network need a layout from outside. */
export const needsLayout = ({ nodes, edges }: PlottedModel): boolean => !isChain(nodes.length, edges)

/** Keras 3 keeps the input of a Sequential to itself, unless nothing else is there. */
function withoutSequentialInput({ kind, nodes, edges }: PlottedModel): Pick<PlottedModel, 'nodes' | 'edges'> {
  if (kind !== 'Sequential' || nodes.length < 2) return { nodes, edges }
  const kept = edges.filter(({ from }) => !nodes[from]!.isInput)
  return { nodes: nodes.slice(1), edges: kept.map(({ from, to }) => ({ from: from - 1, to: to - 1 })) }
}

function layoutFor({ name }: PlottedModel, layout: GraphLayout | undefined): GraphLayout {
  if (layout) return layout
  throw new OptionError(
    `drawModel: network "${name}" has branches, and there is no layout to place its boxes.`,
    'Give layout: graph => ({ width, height, boxes, edges }), for example around dagre or elkjs; in Node, plotModel brings one.',
  )
}

function describe({ nodes, edges }: PlottedModel, rankdir: Rankdir): string {
  const layers = nodes.filter(node => !node.isInput)
  const ends = nodes.filter((_, i) => !edges.some(({ from }) => from === i))
  const named = (list: readonly PlottedLayer[]) =>
    list.map(({ name, outputShape }) => `${name} ${outputShape}`).join(' and ')
  const joins = nodes.filter(({ inputShapes }) => inputShapes.length > 1).map(({ name }) => name)
  const joined = joins.length === 0 ? '' : ` Branches meet in ${joins.join(', ')}.`
  const parameters = nodes.reduce((sum, node) => sum + node.parameters, 0)
  const way = rankdir === 'TB' ? 'From top to bottom' : 'From left to right'
  const count = layers.length === 1 ? 'one layer' : `${formatCount(layers.length)} layers`
  return `${way}, ${count} from ${named(nodes.filter(node => node.isInput))} to ${named(ends)}, with ${formatCount(parameters)} parameters.${joined}`
}
