import { type Shape, sizeOf } from '../../../../../base/shape.js'
import type { Integer, Vector } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'

/** x [N, …, C] as [samples, places, channels]; a group is a run of `run` channels. */
export interface GroupShape {
  readonly samples: number
  readonly places: number
  readonly channels: number
  readonly run: number
}

export function groupShape(x: Shape, groups: number): GroupShape {
  const channels = x.at(-1)!
  return { samples: x[0]!, places: sizeOf(x.slice(1, -1)), channels, run: channels / groups }
}

/** One number for each group, kept until the sample (or, of a row, the group) is done. */
export interface Statistic {
  /** The numbers of the four channels that begin at byte `column + byte`. */
  at(column: Integer, byte: number): Vector
  /** The number of the group whose channels begin at byte `column`, in all lanes. */
  ofGroup(column: Integer): Vector
}

/** What a formula needs to know of four channels before it goes over their places. */
export interface Channels {
  /** Input `i`, which holds one number a channel. */
  input(i: number): Local<'v128'>
  of(statistic: Statistic): Local<'v128'>
}

/** Four numbers of input `i`, which has the shape of x. */
export type Numbers = (i: number) => Vector

/** What is computed of numbers at one place, made ready once for their channels. */
export type Formula<R> = (channels: Channels) => (numbers: Numbers) => R

/** What becomes of the sums over a group; `of` reads earlier statistics of that group. */
export type Finish = (
  sums: readonly Local<'v128'>[],
  of: (statistic: Statistic) => Vector,
) => readonly Vector[]

/** How a kernel goes over its samples. Formulas are written once and know nothing of the way. */
export interface Walk {
  /** Samples `first` to `end`: calls `body` for what has statistics of its own and is visited in one go. */
  each(first: Integer, end: Local<'i32'>, body: () => void): void
  /** Sums of `terms` numbers over each group, and what `finish` makes of them. */
  statistics(terms: number, formula: Formula<readonly Vector[]>, finish: Finish): readonly Statistic[]
  /** Adds the sum over the places to `partial`, which holds a number for each channel. */
  addToChannels(partial: Local<'i32'>, formula: Formula<Vector>): void
  /** Writes the output. */
  write(formula: Formula<Vector>): void
}
