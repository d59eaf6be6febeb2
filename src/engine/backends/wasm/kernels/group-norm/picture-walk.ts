import { f32x4, type Integer, i32, type Vector, v128 } from '../../assembler/expressions.js'
import type { Local } from '../../assembler/function.js'
import { type Emission, FLOAT, LANES } from '../kernel.js'
import { inBlocks } from '../row-tiles.js'
import { ABREAST, accumulators, addedUp, addTerms, runSums, VECTOR } from './run-sums.js'
import type { Channels, Finish, Formula, GroupShape, Numbers, Statistic, Walk } from './walk.js'

/** Vectors of channels taken down all places at once: a whole cache line. */
const TILE_VECTORS = 4

/**
 * Samples of many places. Sums go down the places, a few vectors of channels at a time, however the groups lie; only what
 * comes of them is added up group by group. Statistics lie in scratch memory, repeated for each channel.
 */
export class PictureWalk implements Walk {
  /** Bytes from the beginning of x to the sample at hand. */
  private readonly offset: Local<'i32'>
  private slots = 0

  constructor(
    private readonly emission: Emission,
    private readonly shape: GroupShape,
  ) {
    this.offset = emission.f.i32()
  }

  each(first: Integer, end: Local<'i32'>, body: () => void): void {
    const { f } = this.emission
    const { places, channels } = this.shape
    const sample = f.i32(first)
    f.while(i32.lt(sample, end), () => {
      f.set(this.offset, i32.mul(sample, places * channels * FLOAT))
      body()
      f.increase(sample, 1)
    })
  }

  statistics(terms: number, formula: Formula<readonly Vector[]>, finish: Finish): readonly Statistic[] {
    const { f, scratch } = this.emission
    const slots = Array.from({ length: terms }, () =>
      f.i32(i32.add(scratch, this.slots++ * slotFloats(this.shape) * FLOAT)),
    )
    this.sumPlaces(terms, formula, (column, byte, sums) =>
      slots.forEach((slot, t) => f.storeVector(i32.add(slot, column), sums[t]!, byte)),
    )
    this.addGroups(slots, finish)
    return slots.map(slot => ({
      at: (column, byte) => v128.load(i32.add(slot, column), byte),
      ofGroup: column => v128.loadSplat(i32.add(slot, column)),
    }))
  }

  addToChannels(partial: Local<'i32'>, formula: Formula<Vector>): void {
    const { f } = this.emission
    const alone: Formula<readonly Vector[]> = channels => {
      const term = formula(channels)
      return numbers => [term(numbers)]
    }
    this.sumPlaces(1, alone, (column, byte, [sum]) => {
      const to = i32.add(partial, column)
      f.storeVector(to, f32x4.add(v128.load(to, byte), sum!), byte)
    })
  }

  write(formula: Formula<Vector>): void {
    const { f } = this.emission
    const { channels } = this.shape
    const vector = f.i32()
    const rest = channels % LANES
    const whole = Math.floor(channels / LANES)
    inBlocks(f, vector, whole, TILE_VECTORS, width => this.writeTile(formula, vector, width, LANES))
    if (rest === 0) return
    f.set(vector, whole)
    this.writeTile(formula, vector, 1, rest)
  }

  private writeTile(formula: Formula<Vector>, vector: Local<'i32'>, width: number, lanes: number): void {
    const { f, at } = this.emission
    const { places, channels } = this.shape
    const column = f.i32(i32.mul(vector, VECTOR))
    const prepared = this.prepare(formula, column, width)
    const place = f.i32()
    const offset = f.i32(i32.add(this.offset, column))
    f.for(place, 0, places, 1, () => {
      prepared.forEach((compute, j) => {
        const y = f.v128(compute(this.numbers(offset, j * VECTOR)))
        f.storeLanes(i32.add(at.output, offset), y, lanes, j * VECTOR)
      })
      f.increase(offset, channels * FLOAT)
    })
  }

  /** Sums over all places for each channel; `store` gets those of the four channels at byte `column + byte`. */
  private sumPlaces(
    terms: number,
    formula: Formula<readonly Vector[]>,
    store: (column: Local<'i32'>, byte: number, sums: readonly Local<'v128'>[]) => void,
  ): void {
    const { f } = this.emission
    const vector = f.i32()
    inBlocks(f, vector, Math.ceil(this.shape.channels / LANES), TILE_VECTORS, width => {
      const column = f.i32(i32.mul(vector, VECTOR))
      const prepared = this.prepare(formula, column, width)
      const sums = this.sumTile(column, prepared, terms)
      sums.forEach((sum, j) => store(column, j * VECTOR, sum))
    })
  }

  private sumTile(
    column: Local<'i32'>,
    prepared: readonly ((numbers: Numbers) => readonly Vector[])[],
    terms: number,
  ): (readonly Local<'v128'>[])[] {
    const { f } = this.emission
    const { places, channels } = this.shape
    const room = Math.floor(ABREAST / (terms * prepared.length))
    const abreast = Math.max(1, Math.min(places, room))
    const sums = prepared.map(() => accumulators(f, abreast, terms))
    const offset = f.i32(i32.add(this.offset, column))
    const addPlaces = (count: number) => {
      for (let p = 0; p < count; p++)
        prepared.forEach((term, j) =>
          addTerms(f, sums[j]![p]!, term(this.numbers(offset, p * channels * FLOAT + j * VECTOR))),
        )
      f.increase(offset, count * channels * FLOAT)
    }
    f.for(f.i32(), 0, Math.floor(places / abreast), 1, () => addPlaces(abreast))
    addPlaces(places % abreast)
    return sums.map(sum => addedUp(f, sum))
  }

  /** Turns the sums of channels in `slots` into statistics of their groups. */
  private addGroups(slots: readonly Local<'i32'>[], finish: Finish): void {
    const { f } = this.emission
    const { channels, run } = this.shape
    const column = f.i32()
    f.for(column, 0, channels * FLOAT, run * FLOAT, () => {
      const sums = runSums(f, run, slots.length, (position, byte) =>
        slots.map(slot => v128.load(i32.add(slot, i32.add(column, position)), byte)),
      )
      const made = finish(sums, statistic => statistic.ofGroup(column)).map(value => f.v128(value))
      slots.forEach((slot, t) => this.spread(i32.add(slot, column), made[t]!))
    })
  }

  /** The number of a group to all its channels. */
  private spread(to: Integer, value: Local<'v128'>): void {
    const { f } = this.emission
    const rest = this.shape.run % LANES
    const whole = (this.shape.run - rest) * FLOAT
    const position = f.i32()
    f.for(position, 0, whole, VECTOR, () => f.storeVector(i32.add(to, position), value))
    if (rest > 0) f.storeLanes(to, value, rest, whole)
  }

  private prepare<R>(formula: Formula<R>, column: Local<'i32'>, width: number): ((numbers: Numbers) => R)[] {
    const { f, at } = this.emission
    return Array.from({ length: width }, (_, j) => {
      const channels: Channels = {
        input: i => f.v128(v128.load(i32.add(at.inputs[i]!, column), j * VECTOR)),
        of: statistic => f.v128(statistic.at(column, j * VECTOR)),
      }
      return formula(channels)
    })
  }

  private numbers =
    (offset: Local<'i32'>, byte: number): Numbers =>
    i =>
      v128.load(i32.add(this.emission.at.inputs[i]!, offset), byte)
}

/** Floats of scratch memory that one statistic takes. */
export const slotFloats = ({ channels }: GroupShape): number => Math.ceil(channels / LANES) * LANES
