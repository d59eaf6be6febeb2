import type { Recorder, Value } from '../../engine/ops/op.js'
import type { Affine } from './affine.js'
import type { ColourMap } from './colour-map.js'
import type { BatchDraw, PictureDraw } from './draw.js'
import type { Fill } from './pictures.js'

/** Moves a picture. Neighbours with one fill become one move, so that pixels are read once. */
export interface Geometry {
  readonly kind: 'geometry'
  /** Whether pixels land on pixels: whole moves and mirrors. */
  readonly whole: boolean
  /** Null: it never looks outside. */
  readonly fill: Fill | null
  draw(picture: PictureDraw): Affine
}

/** Changes a picture's colours. Neighbours become one change, so that colours are cut off once. */
export interface Colouring {
  readonly kind: 'colouring'
  draw(picture: PictureDraw): ColourMap
}

/** Pictures and what they show, as the network gets them. */
export interface Seen {
  readonly x: Value
  /** Null where there are no labels. */
  readonly target: Value | null
}

/** What is recorded for a step, and the numbers it takes for each picture. */
export interface Pass {
  readonly kind: 'pass'
  /** Numbers a picture, by the name of the input. */
  readonly columns: Readonly<Record<string, number>>
  record(recorder: Recorder, seen: Seen, input: (name: string) => Value): Seen
  /** Fills the inputs [N, columns] for a batch. `place` keys what is drawn. */
  draw(batch: BatchDraw, place: string, into: Readonly<Record<string, Float32Array>>): void
}

/** What a step of a list consists of. */
export type Part = Geometry | Colouring | Pass
