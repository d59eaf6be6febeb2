import { i32, v128 } from '../../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../../assembler/function.js'
import { FLOAT, LANES } from '../kernel.js'
import type { Range } from './cut.js'
import type { TilePlace } from './tiles.js'
import { SquareTransform, type Transform } from './transforms.js'

/** Pictures whose tiles are read, with channels last. */
export interface TileSource {
  readonly height: number
  readonly width: number
  readonly channels: number
  /** Cells that the first tile begins before the picture. */
  readonly top: number
  readonly left: number
}

/**
 * Transforms the cells under one tile: `[POINTS][tiles][channels]` at `target`, which points to this tile's first
 * channel. Cells beyond the picture's edge are zeros: such a tile is copied to `patch` first.
 */
export class TileReader {
  private readonly square: SquareTransform
  private readonly source: Local<'i32'>
  private readonly corner: Local<'i32'>

  constructor(
    private readonly f: FunctionBuilder,
    private readonly transform: Transform,
    private readonly pictures: TileSource,
  ) {
    this.square = new SquareTransform(f, transform)
    this.source = f.i32()
    this.corner = f.i32()
  }

  read(options: {
    input: number
    place: TilePlace
    target: Local<'i32'>
    /** Which channels to read. */
    channels: Range
    /** Floats that a cell takes in the patch: the channels there are at most. */
    width: number
    /** Bytes from one point to the next. */
    pointBytes: number
    between: Local<'i32'>
    patch: Local<'i32'>
  }): void {
    const f = this.f
    const { height, width, channels, top, left } = this.pictures
    const { input, place } = options
    const size = this.transform.from
    const [y, x] = [f.i32(i32.sub(place.y, top)), f.i32(i32.sub(place.x, left))]
    const picture = f.i32(i32.add(input, i32.mul(place.image, height * width * channels * FLOAT)))
    const within = (position: Local<'i32'>, length: number) =>
      i32.and(i32.ge(position, 0), i32.le(position, length - size))
    f.if(
      i32.and(within(y, height), within(x, width)),
      () => {
        const cell = i32.mul(i32.add(i32.mul(y, width), x), channels)
        f.set(this.corner, i32.add(picture, i32.mul(i32.add(cell, options.channels.first), FLOAT)))
        this.channels(this.corner, { row: width * channels, cell: channels }, options)
      },
      () => {
        this.copyPatch(picture, y, x, options)
        this.channels(options.patch, { row: size * options.width, cell: options.width }, options)
      },
    )
  }

  /** All channels of one tile, four at a time. `pitch`: floats from row to row and from cell to cell. */
  private channels(
    from: Local<'i32'>,
    pitch: { row: number; cell: number },
    {
      target,
      channels,
      pointBytes,
      between,
    }: { target: Local<'i32'>; channels: Range; pointBytes: number; between: Local<'i32'> },
  ): void {
    const { f, transform } = this
    const to = f.i32(target)
    f.set(this.source, from)
    f.for(f.i32(), 0, channels.length, LANES, () => {
      this.square.emit(
        between,
        (row, column) => v128.load(this.source, (row * pitch.row + column * pitch.cell) * FLOAT),
        (row, column, value) => f.storeVector(to, value, (row * transform.to + column) * pointBytes),
      )
      f.increase(this.source, LANES * FLOAT)
      f.increase(to, LANES * FLOAT)
    })
  }

  /** The cells of a tile at the edge, zeros beyond it. */
  private copyPatch(
    picture: Local<'i32'>,
    y: Local<'i32'>,
    x: Local<'i32'>,
    { patch, channels: range, width: cell }: { patch: Local<'i32'>; channels: Range; width: number },
  ): void {
    const f = this.f
    const { height, width, channels } = this.pictures
    const size = this.transform.from
    f.clear(patch, size * size * cell * FLOAT)
    const [row, position, column] = [f.i32(), f.i32(), f.i32()]
    const [first, last] = [f.i32(i32.max(x, 0)), f.i32(i32.min(i32.add(x, size), width))]
    const [from, to] = [f.i32(), f.i32()]
    f.for(row, 0, size, 1, () => {
      f.set(position, i32.add(y, row))
      f.if(i32.and(i32.ge(position, 0), i32.lt(position, height)), () => {
        const source = i32.mul(i32.add(i32.mul(position, width), first), channels)
        f.set(from, i32.add(picture, i32.mul(i32.add(source, range.first), FLOAT)))
        const target = i32.add(i32.mul(row, size), i32.sub(first, x))
        f.set(to, i32.add(patch, i32.mul(target, cell * FLOAT)))
        f.for(column, first, last, 1, () => {
          f.copy(to, from, i32.mul(range.length, FLOAT))
          f.increase(from, channels * FLOAT)
          f.increase(to, cell * FLOAT)
        })
      })
    })
  }
}
