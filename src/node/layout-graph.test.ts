import { expect, test } from 'vitest'
import { Random } from '../base/random.js'
import { modelGraph } from '../explain/model-graph.js'
import type { Network } from '../nn/network.js'
import type { GraphPlaces, GraphToLayOut, Link, Point } from '../viz/model-plot/graph.js'
import { drawModel } from '../viz/model-plot/model-plot.js'
import { inception, longSkip, residual, twoInputs } from '../viz/model-plot/networks.fixture.js'
import { layOutGraph } from './layout-graph.js'

interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const rectanglesOf = ({ boxes }: GraphPlaces, graph: GraphToLayOut): Rectangle[] =>
  boxes.map(([left, top], i) => ({
    left,
    top,
    right: left + graph.boxes[i]!.width,
    bottom: top + graph.boxes[i]!.height,
  }))

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

function expectNoOverlaps(rectangles: readonly Rectangle[], { width, height }: GraphPlaces): void {
  for (const [i, box] of rectangles.entries()) {
    expect(rectangles.slice(i + 1).filter(other => overlap(box, other))).toEqual([])
    expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(-1e-6)
    expect(box.right).toBeLessThanOrEqual(width + 1e-6)
    expect(box.bottom).toBeLessThanOrEqual(height + 1e-6)
  }
}

/** Points of a drawn way: 40 on each curve and line. */
function pointsOn(path: string): Point[] {
  const found: Point[] = []
  let pen: Point = [0, 0]
  for (const [, letter, text] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const numbers = text!.trim().split(/\s+/).map(Number)
    const ends = Array.from(
      { length: numbers.length / 2 },
      (_, i): Point => [numbers[2 * i]!, numbers[2 * i + 1]!],
    )
    const curve = letter === 'C' ? [pen, ...ends] : letter === 'L' ? [pen, pen, ends[0]!, ends[0]!] : []
    if (curve.length > 0) for (let t = 0; t <= 1; t += 0.025) found.push(bezier(curve, t))
    pen = ends.at(-1)!
  }
  return found
}

/** De Casteljau's way: between the points, again and again. */
function bezier(points: readonly Point[], t: number): Point {
  if (points.length === 1) return points[0]!
  const between = points.slice(1).map(([x, y], i): Point => {
    const [fromX, fromY] = points[i]!
    return [fromX + t * (x - fromX), fromY + t * (y - fromY)]
  })
  return bezier(between, t)
}

const inside = ([x, y]: Point, { left, top, right, bottom }: Rectangle, slack: number): boolean =>
  x > left + slack && x < right - slack && y > top + slack && y < bottom - slack

const onBorder = (point: Point, box: Rectangle): boolean =>
  inside(point, box, -0.01) && !inside(point, box, 0.01)

/** Draws the network, and gives what the layout was asked, what it answered, and the ways as they were drawn. */
function drawn(network: Network, options: { style: 'classic' | 'keras3'; rankdir: 'TB' | 'LR' }) {
  const asked: GraphToLayOut[] = []
  const layout = (graph: GraphToLayOut) => layOutGraph(asked[asked.push(graph) - 1]!)
  const { svg } = drawModel(modelGraph(network), {
    ...options,
    showShapes: true,
    showLayerNames: true,
    layout,
  })
  const ways = [...svg.matchAll(/<path d="([^"]+)" fill="none"/g)].map(([, path]) => path!)
  return { graph: asked[0]!, places: layOutGraph(asked[0]!), ways }
}

const looks = (['classic', 'keras3'] as const).flatMap(style =>
  (['TB', 'LR'] as const).map(rankdir => ({ style, rankdir })),
)

const networks = { residual, inception, longSkip, twoInputs, deep: () => longSkip(40) }

test.each(
  Object.entries(networks).flatMap(([name, network]) =>
    looks.map(look => [name, look.style, look.rankdir, network, look] as const),
  ),
)('%s, %s, %s: no box over another, no edge through a box of others', (_name, _style, _rankdir, network, look) => {
  const { graph, places, ways } = drawn(network(), look)
  const rectangles = rectanglesOf(places, graph)
  expectNoOverlaps(rectangles, places)
  expect(ways).toHaveLength(graph.edges.length)
  for (const [i, { from, to }] of graph.edges.entries()) {
    expect(onBorder(places.edges[i]![0]!, rectangles[from]!)).toBe(true)
    expect(onBorder(places.edges[i]!.at(-1)!, rectangles[to]!)).toBe(true)
    const hit = rectangles.flatMap((box, at) =>
      pointsOn(ways[i]!).some(point => inside(point, box, 0.5)) ? [at] : [],
    )
    expect(hit).toEqual([])
  }
})

test('what comes later stands below, or with LR to the right', () => {
  const { graph, places } = drawn(residual(), { style: 'classic', rankdir: 'TB' })
  for (const { from, to } of graph.edges) expect(places.boxes[to]![1]).toBeGreaterThan(places.boxes[from]![1])
  const turned = drawn(residual(), { style: 'classic', rankdir: 'LR' })
  for (const { from, to } of turned.graph.edges)
    expect(turned.places.boxes[to]![0]).toBeGreaterThan(turned.places.boxes[from]![0])
})

test('tall and low boxes in any order, connected at random', () => {
  for (let seed = 0; seed < 25; seed++) {
    const random = new Random(seed, 'graph')
    const count = 4 + random.integer(20)
    const boxes = Array.from({ length: count }, () => ({
      width: 20 + random.integer(300),
      height: 15 + random.integer(150),
    }))
    const edges: Link[] = []
    for (let to = 1; to < count; to++) {
      const sources = new Set([random.integer(to), random.integer(to)])
      for (const from of sources) edges.push({ from, to })
    }
    const graph = { boxes, edges, rankdir: seed % 2 === 0 ? 'TB' : 'LR' } as const
    const places = layOutGraph(graph)
    const rectangles = rectanglesOf(places, graph)
    expectNoOverlaps(rectangles, places)
    for (const points of places.edges)
      for (const [i, to] of points.slice(1).entries()) {
        // A curve stays inside the rectangle of its ends.
        const [from, slack] = [points[i]!, 0.01]
        const way = {
          left: Math.min(from[0], to[0]) + slack,
          right: Math.max(from[0], to[0]) - slack,
          top: Math.min(from[1], to[1]) + slack,
          bottom: Math.max(from[1], to[1]) - slack,
        }
        const straight = way.right <= way.left || way.bottom <= way.top
        const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
        expect(rectangles.filter(box => (straight ? inside(middle, box, 0.01) : overlap(way, box)))).toEqual(
          [],
        )
      }
  }
})

test('a chain comes out straight', () => {
  const boxes = Array.from({ length: 5 }, () => ({ width: 50, height: 20 }))
  const edges = boxes.slice(1).map((_, from) => ({ from, to: from + 1 }))
  const { boxes: places } = layOutGraph({ boxes, edges, rankdir: 'TB' })
  expect(new Set(places.map(([x]) => x)).size).toBe(1)
})
