import { f32x4, type Integer, i32, type Vector, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { type Emission, FLOAT, LANES } from '../kernel.js'
import { runSums, VECTOR } from './run-sums.js'
import type { Channels, Finish, Formula, GroupShape, Numbers, Statistic, Walk } from './walk.js'

/** Samples of one place: the numbers of a group lie one behind the other, and its statistics stay in locals. */
export class RowWalk implements Walk {
  /** Bytes from the beginning of x, and of a row, to the group at hand. */
  private readonly offset: Local<'i32'>
  private readonly column: Local<'i32'>

  constructor(
    private readonly emission: Emission,
    private readonly shape: GroupShape,
  ) {
    this.offset = emission.f.i32()
    this.column = emission.f.i32()
  }

  each(first: Integer, end: Local<'i32'>, body: () => void): void {
    const { f } = this.emission
    const { channels, run } = this.shape
    const sample = f.i32(first)
    f.set(this.offset, i32.mul(sample, channels * FLOAT))
    f.while(i32.lt(sample, end), () => {
      f.for(this.column, 0, channels * FLOAT, run * FLOAT, () => {
        body()
        f.increase(this.offset, run * FLOAT)
      })
      f.increase(sample, 1)
    })
  }

  statistics(terms: number, formula: Formula<readonly Vector[]>, finish: Finish): readonly Statistic[] {
    const { f } = this.emission
    const sums = runSums(f, this.shape.run, terms, (position, byte) => this.apply(formula, position, byte))
    return finish(sums, statistic => statistic.ofGroup(this.column)).map(made => {
      const value = f.v128(made)
      return { at: () => value, ofGroup: () => value }
    })
  }

  addToChannels(partial: Local<'i32'>, formula: Formula<Vector>): void {
    const { f } = this.emission
    const to = f.i32()
    this.eachVector((position, lanes) => {
      f.set(to, i32.add(i32.add(partial, this.column), position))
      const sum = f.v128(f32x4.add(v128.load(to), this.apply(formula, position, 0)))
      f.storeLanes(to, sum, lanes)
    })
  }

  write(formula: Formula<Vector>): void {
    const { f, at } = this.emission
    this.eachVector((position, lanes) => {
      const y = f.v128(this.apply(formula, position, 0))
      f.storeLanes(i32.add(at.output, i32.add(this.offset, position)), y, lanes)
    })
  }

  private eachVector(body: (position: Local<'i32'>, lanes: number) => void): void {
    const { f } = this.emission
    const rest = this.shape.run % LANES
    const whole = (this.shape.run - rest) * FLOAT
    const position = f.i32()
    f.for(position, 0, whole, VECTOR, () => body(position, LANES))
    if (rest === 0) return
    f.set(position, whole)
    body(position, rest)
  }

  /** The formula at the four numbers that begin at byte `position + byte` of the group. */
  private apply<R>(formula: Formula<R>, position: Local<'i32'>, byte: number): R {
    const { f, at } = this.emission
    const column = i32.add(this.column, position)
    const channels: Channels = {
      input: i => f.v128(v128.load(i32.add(at.inputs[i]!, column), byte)),
      of: statistic => f.v128(statistic.at(column, byte)),
    }
    const numbers: Numbers = i => v128.load(i32.add(at.inputs[i]!, i32.add(this.offset, position)), byte)
    return formula(channels)(numbers)
  }
}
