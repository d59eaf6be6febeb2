import { type Integer, i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { countDown } from './count-down.js'
import {
  cutColumns,
  type DepthwiseWindow,
  isInside,
  seenColumn,
  stepsInside,
  type Tile,
} from './depthwise-window.js'
import { type Finish, finishVector, passRelu } from './epilogue.js'
import { type Addresses, type Emission, FLOAT, type KernelStep, LANES } from './kernel.js'
import { eachFour } from './pooling.js'
import { inBlocks } from './row-tiles.js'
import type { OutputGrid } from './sliding-window.js'

/** A step is cut into at least so many pieces where it can be, so that threads end together. */
const MIN_PIECES = 32
/** Vectors of channels that are computed together: a whole cache line. */
const MOST_VECTORS = 4

/** Where a correlation's numbers are. */
export interface CorrelationPlaces {
  readonly input: (at: Addresses) => number
  readonly kernel: (at: Addresses) => number
  readonly output: (at: Addresses) => number
  /** Distances in floats: from the kernel's start to its first tap, and between neighbouring taps; these may be negative. */
  readonly taps: { readonly first: number; readonly row: number; readonly cell: number }
  readonly grid: OutputGrid
}

/**
 * The one computation behind depthwise convolutions and their input gradients:
 *
 *     out[n, i, j, c] = Σ in[n, i·sy + r·dy - top, j·sx + s·dx - left, c] · kernel[r, s, c]
 *
 * A tile of columns and channels is held in registers, and each vector of the kernel serves all of its columns. Which taps of a
 * column lie beside the picture is known when the code is written, which of a row only when it runs.
 */
export function correlateChannels(
  name: string,
  w: DepthwiseWindow,
  places: CorrelationPlaces,
  finish?: Finish,
): KernelStep {
  const block = Math.max(1, Math.min(w.rows, Math.ceil((w.rows * w.images) / MIN_PIECES)))
  const blocks = Math.ceil(w.rows / block)
  const emit = (emission: Emission) => {
    const { f, piece } = emission
    const image = f.i32(i32.div(piece, blocks))
    const row = f.i32(i32.mul(i32.rem(piece, blocks), block))
    const end = f.i32(i32.min(w.rows, i32.add(row, block)))
    const tile = new Sums(f)
    f.while(i32.lt(row, end), () => {
      emitRow(emission, w, places, { tile, image, row }, finish)
      f.increase(row, 1)
    })
  }
  return { name, pieces: w.images * blocks, emit }
}

/** A tile of sums: `count` columns of some vectors of channels. */
class Sums {
  private readonly sums: Local<'v128'>[]
  readonly weight: Local<'v128'>

  constructor(readonly f: FunctionBuilder) {
    this.sums = Array.from({ length: this.most }, () => f.v128())
    this.weight = f.v128()
  }

  /** As many as fit the registers beside a vector of the kernel and one of the picture, and a product that is to be rounded. */
  private get most(): number {
    return this.f.fused ? 12 : 8
  }

  /** Columns of a tile that is so many vectors wide. */
  columns(vectors: number): number {
    return Math.floor(this.most / vectors)
  }

  at(column: number, vector: number, vectors: number): Local<'v128'> {
    return this.sums[column * vectors + vector]!
  }
}

interface Row {
  readonly tile: Sums
  readonly image: Local<'i32'>
  readonly row: Local<'i32'>
}

/** One row of the output. */
function emitRow(
  emission: Emission,
  w: DepthwiseWindow,
  p: CorrelationPlaces,
  { tile, image, row }: Row,
  finish: Finish | undefined,
): void {
  const { f, at } = emission
  const rowBytes = w.width * w.channels * FLOAT
  const top = f.i32(i32.sub(i32.mul(row, w.strides[0]), w.top))
  const { first, end } = stepsInside(emission, top, w.dilation[0], w.height, w.kernel[0])
  const picture = i32.add(p.input(at), i32.mul(image, w.height * rowBytes))
  const seen = i32.add(top, i32.mul(first, w.dilation[0]))
  const lines: Lines = {
    input: f.i32(i32.add(picture, i32.mul(seen, rowBytes))),
    kernel: f.i32(i32.add(p.kernel(at) + lowestTap(w, p) * FLOAT, i32.mul(first, p.taps.row * FLOAT))),
    output: f.i32(
      i32.add(
        p.output(at) + p.grid.first * FLOAT,
        i32.add(i32.mul(image, p.grid.image * FLOAT), i32.mul(row, p.grid.row * FLOAT)),
      ),
    ),
    // Rows of taps that lie on the picture: there may be none.
    taps: f.i32(i32.sub(end, first)),
  }
  emitTiles(f, w, p, tile, lines)
  if (finish) finishRow(emission, w, p, lines.output, finish)
}

/** From the kernel's start to the lowest of its taps in the first row, in floats: no address lies before it. */
const lowestTap = ({ kernel }: DepthwiseWindow, { taps }: CorrelationPlaces): number =>
  taps.first + Math.min(0, (kernel[1] - 1) * taps.cell)

interface Lines {
  readonly input: Local<'i32'>
  readonly kernel: Local<'i32'>
  readonly output: Local<'i32'>
  readonly taps: Local<'i32'>
}

function emitTiles(
  f: FunctionBuilder,
  w: DepthwiseWindow,
  p: CorrelationPlaces,
  sums: Sums,
  lines: Lines,
): void {
  const vectors = Math.min(MOST_VECTORS, Math.ceil(w.channels / LANES))
  const { before, middle, behind } = cutColumns(w, sums.columns(vectors))
  const channel = f.i32()
  const emit = (tile: Tile, at: Lines) =>
    inBlocks(f, channel, w.channels, vectors * LANES, width =>
      emitTile(f, w, p, sums, { ...at, ...tile, channel, width }),
    )
  for (const tile of before) emit(tile, lines)
  if (middle.times > 0) {
    const moving = { ...lines, input: f.i32(lines.input), output: f.i32(lines.output) }
    f.for(f.i32(), 0, middle.times, 1, () => {
      emit(middle, moving)
      f.increase(moving.input, middle.count * w.strides[1] * w.channels * FLOAT)
      f.increase(moving.output, middle.count * p.grid.pixel * FLOAT)
    })
  }
  for (const tile of behind) emit(tile, lines)
}

interface Block extends Lines, Tile {
  readonly channel: Local<'i32'>
  /** Channels of the block. */
  readonly width: number
}

/** Some columns of some channels. */
function emitTile(f: FunctionBuilder, w: DepthwiseWindow, p: CorrelationPlaces, sums: Sums, b: Block): void {
  const vectors = Math.ceil(b.width / LANES)
  const channel = i32.mul(b.channel, FLOAT)
  const [cell, weight] = [f.i32(), f.i32()]
  eachSum(sums, b.count, vectors, sum => f.set(sum, 0))
  f.set(cell, i32.add(b.input, channel))
  f.set(weight, i32.add(b.kernel, channel))
  countDown(f, b.taps, apart => {
    addTaps(f, w, p, sums, { ...b, cell, weight, vectors, apart })
    f.increase(cell, w.dilation[0] * w.width * w.channels * FLOAT)
    f.increase(weight, p.taps.row * FLOAT)
  })
  const target = f.i32(i32.add(b.output, channel))
  eachSum(sums, b.count, vectors, (sum, column, vector) => {
    const lanes = Math.min(LANES, b.width - vector * LANES)
    f.storeLanes(target, sum, lanes, ((b.first + column) * p.grid.pixel + vector * LANES) * FLOAT)
  })
}

function eachSum(
  sums: Sums,
  columns: number,
  vectors: number,
  visit: (sum: Local<'v128'>, column: number, vector: number) => void,
): void {
  for (let column = 0; column < columns; column++)
    for (let vector = 0; vector < vectors; vector++) visit(sums.at(column, vector, vectors), column, vector)
}

/** Adds the products of one row of the kernel. */
function addTaps(
  f: FunctionBuilder,
  w: DepthwiseWindow,
  { taps }: CorrelationPlaces,
  sums: Sums,
  b: Tile & { cell: Local<'i32'>; weight: Local<'i32'>; vectors: number; apart: () => void },
): void {
  const lowest = Math.min(0, (w.kernel[1] - 1) * taps.cell)
  for (let s = 0; s < w.kernel[1]; s++) {
    const columns = Array.from({ length: b.count }, (_, i) => i).filter(i => isInside(w, b.first + i, s))
    for (let vector = 0; vector < b.vectors && columns.length > 0; vector++) {
      const byte = vector * LANES * FLOAT
      f.set(sums.weight, v128.load(b.weight, (s * taps.cell - lowest) * FLOAT + byte))
      for (const column of columns) {
        b.apart()
        const seen = seenColumn(w, b.first + column, s) * w.channels * FLOAT
        const sum = sums.at(column, vector, b.vectors)
        f.set(sum, f.madd(v128.load(b.cell, seen + byte), sums.weight, sum))
      }
    }
  }
}

/**
 * Takes a row up again while it is in the cache. Done to the sums themselves, an activation would cost the loop before it
 * registers.
 */
function finishRow(
  emission: Emission,
  w: DepthwiseWindow,
  { grid }: CorrelationPlaces,
  output: Integer,
  finish: Finish,
): void {
  const { f, at } = emission
  const [cell, place, value] = [f.i32(output), f.i32(), f.v128()]
  f.for(f.i32(), 0, w.columns, 1, () => {
    eachFour(f, w.channels, (c, lanes) => {
      f.set(place, i32.add(cell, c))
      f.set(value, v128.load(place))
      if (finish === 'throughRelu') passRelu(emission, value, place, 0)
      else finishVector(emission, finish, value, v128.load(i32.add(at.inputs[2]!, c)))
      f.storeLanes(place, value, lanes)
    })
    f.increase(cell, grid.pixel * FLOAT)
  })
}
