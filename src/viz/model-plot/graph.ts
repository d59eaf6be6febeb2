/** Which way a network runs in its plot: from top to bottom, or from left to right. */
export type Rankdir = 'TB' | 'LR'

/** Left and top come first: `[x, y]`. */
export type Point = readonly [x: number, y: number]

export interface BoxSize {
  readonly width: number
  readonly height: number
}

/** From the box at one place of the list to that at another. */
export interface Link {
  readonly from: number
  readonly to: number
}

/** What a layout is given. */
export interface GraphToLayOut {
  readonly boxes: readonly BoxSize[]
  readonly edges: readonly Link[]
  readonly rankdir: Rankdir
}

/** What a layout answers, in the order of what it was given; all within 0 … width, 0 … height. */
export interface GraphPlaces {
  readonly width: number
  readonly height: number
  /** The left upper corner of each box. */
  readonly boxes: readonly Point[]
  /** Each edge from the border of one box to that of the other. Between two points it is drawn inside the rectangle they span. */
  readonly edges: readonly (readonly Point[])[]
}

/** Gives boxes their places and edges their ways. */
export type GraphLayout = (graph: GraphToLayOut) => GraphPlaces

/** Whether each box leads to the next and nowhere else. */
export const isChain = (boxes: number, edges: readonly Link[]): boolean =>
  edges.length === boxes - 1 && edges.every(({ from, to }, i) => from === i && to === i + 1)

/** Units between the boxes of a chain. */
const gap = 32

/** Boxes one after the other, their middles on one line. Needs no library. */
export const layOutChain: GraphLayout = ({ boxes, rankdir }) => {
  const upright = layOutColumn(rankdir === 'TB' ? boxes : boxes.map(turnedSize))
  return rankdir === 'TB' ? upright : turnedPlaces(upright)
}

function layOutColumn(boxes: readonly BoxSize[]): GraphPlaces {
  const width = Math.max(0, ...boxes.map(box => box.width))
  let y = -gap
  const tops = boxes.map((_, i) => (y += gap + (boxes[i - 1]?.height ?? 0)))
  return {
    width,
    height: (tops.at(-1) ?? 0) + (boxes.at(-1)?.height ?? 0),
    boxes: boxes.map((box, i) => [(width - box.width) / 2, tops[i]!]),
    edges: tops.slice(1).map((top, i) => [
      [width / 2, tops[i]! + boxes[i]!.height],
      [width / 2, top],
    ]),
  }
}

const turned = ([x, y]: Point): Point => [y, x]

/** A size with width and height exchanged: what runs from left to right is laid out from top to bottom, then turned. */
export const turnedSize = ({ width, height }: BoxSize): BoxSize => ({ width: height, height: width })

/** Places with x and y exchanged. */
export const turnedPlaces = ({ width, height, boxes, edges }: GraphPlaces): GraphPlaces => ({
  ...turnedSize({ width, height }),
  boxes: boxes.map(turned),
  edges: edges.map(points => points.map(turned)),
})
