import { fitText, type TextStyle } from '../svg/text.js'
import type { BoxSize, Link } from './graph.js'

/** One layer; `explain.modelGraph` makes them. */
export interface PlottedLayer {
  readonly name: string
  readonly className: string
  readonly isInput: boolean
  readonly activation: string | null
  readonly inputShapes: readonly string[]
  readonly outputShape: string
  readonly parameters: number
  readonly trainable: boolean | null
}

/** What is plotted: `explain.modelGraph(network)`. */
export interface PlottedModel {
  readonly name: string
  readonly kind: string
  readonly nodes: readonly PlottedLayer[]
  readonly edges: readonly Link[]
}

/** A layer's box, drawn in 0 … width, 0 … height. */
export interface Box extends BoxSize {
  readonly body: string
}

/** No text is wider than this, so that a name of a hundred letters does not make the plot as wide. */
const widest = 300

/** A text as it goes into a box, cut where it is far too long. */
export const boxText = (text: string, style: TextStyle): string => fitText(text, widest, style)

/** Several shapes in brackets, a line for each, as a list of Keras; one alone where `alone` does not ask for brackets. */
export function shapeLines(shapes: readonly string[], bracketsAlone = false): string[] {
  if (shapes.length === 1 && !bracketsAlone) return [...shapes]
  const last = shapes.length - 1
  return shapes.map((shape, i) => `${i === 0 ? '[' : ''}${shape}${i === last ? ']' : ','}`)
}
