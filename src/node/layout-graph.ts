import { Graph, layout } from '@dagrejs/dagre'
import {
  type BoxSize,
  type GraphLayout,
  type GraphPlaces,
  type Link,
  type Point,
  turnedPlaces,
  turnedSize,
} from '../viz/model-plot/graph.js'

/** Units between boxes of a row, between edges, and between rows. */
const spacing = { nodesep: 28, edgesep: 18, ranksep: 52 }

// dagre's own declarations import files without their endings, which Node's rules do not resolve: what is used of them is
// declared here.

/** The middle of a box, or a bend of an edge. */
interface Middle {
  readonly x: number
  readonly y: number
}
interface Placed extends BoxSize, Middle {}
interface DagreGraph {
  setGraph(spacing: object): void
  graph(): BoxSize
  setNode(name: string, size: BoxSize): void
  node(name: string): Placed
  setEdge(from: string, to: string, label: object): void
  edge(from: string, to: string): { readonly points: readonly Middle[] }
}

/** Boxes in rows and edges between them, laid out by dagre; no edge runs through a box. */
export const layOutGraph: GraphLayout = ({ boxes, edges, rankdir }) => {
  const upright = rankdir === 'TB'
  const places = layOutRows(upright ? boxes : boxes.map(turnedSize), edges)
  return upright ? places : turnedPlaces(places)
}

function layOutRows(boxes: readonly BoxSize[], edges: readonly Link[]): GraphPlaces {
  const graph = arranged(boxes, edges)
  const placed = boxes.map((_, i) => graph.node(String(i)))
  const rows = rowsOf(placed)
  const { width, height } = graph.graph()
  return {
    width,
    height,
    boxes: placed.map(corner),
    edges: edges.map(({ from, to }) =>
      wayThrough(placed[from]!, placed[to]!, graph.edge(String(from), String(to)).points, rows),
    ),
  }
}

function arranged(boxes: readonly BoxSize[], edges: readonly Link[]): DagreGraph {
  const graph: DagreGraph = new Graph()
  graph.setGraph(spacing)
  for (const [i, { width, height }] of boxes.entries()) graph.setNode(String(i), { width, height })
  for (const { from, to } of edges) graph.setEdge(String(from), String(to), {})
  layout(graph)
  return graph
}

const corner = ({ x, y, width, height }: Placed): Point => [x - width / 2, y - height / 2]
const topOf = ({ y, height }: Placed): number => y - height / 2
const bottomOf = ({ y, height }: Placed): number => y + height / 2

/** The strip that boxes of one row take up. */
interface Row {
  readonly middle: number
  readonly top: number
  readonly bottom: number
}

function rowsOf(placed: readonly Placed[]): Row[] {
  const middles = [...new Set(placed.map(box => box.y))].sort((a, b) => a - b)
  return middles.map(middle => {
    const row = placed.filter(box => box.y === middle)
    return { middle, top: Math.min(...row.map(topOf)), bottom: Math.max(...row.map(bottomOf)) }
  })
}

/**
 * The way of an edge. dagre keeps a place for it in each row it passes, but between those places its straight lines cut
 * the corners of tall boxes. So here an edge goes straight through every row and moves aside only between rows.
 */
function wayThrough(from: Placed, to: Placed, bends: readonly Middle[], rows: readonly Row[]): Point[] {
  const start: Point = [from.x, bottomOf(from)]
  const end: Point = [to.x, topOf(to)]
  const own = (y: number) => rows.find(row => row.middle === y)!
  const passed = rows.filter(({ middle }) => middle > from.y && middle < to.y)
  const through = passed.flatMap(({ middle, top, bottom }): Point[] => {
    const x = bends.find(({ y }) => Math.abs(y - middle) < 1e-6)!.x
    return [
      [x, top],
      [x, bottom],
    ]
  })
  // A box lower than its row leaves the strip straight, too.
  return [start, [from.x, own(from.y).bottom], ...through, [to.x, own(to.y).top], end]
}
