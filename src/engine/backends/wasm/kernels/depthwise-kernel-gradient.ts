import { sizeOf } from '../../../../base/shape.js'
import { i32, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { countDown } from './count-down.js'
import { repeatChannels } from './depthwise-multiplier.js'
import {
  cutColumns,
  type DepthwiseWindow,
  depthwiseWindow,
  isInside,
  seenColumn,
  stepsInside,
} from './depthwise-window.js'
import { groupStart } from './groups.js'
import { type Addresses, type Emission, FLOAT, type KernelFor, type KernelStep, LANES } from './kernel.js'
import { addPartialSums } from './partial-sums.js'
import { inBlocks } from './row-tiles.js'

/** Groups of blocks of rows that are summed apart. */
const GROUPS = 16
/** Bytes of pictures and gradients under a block of rows: they should stay in the L2 cache while each tap goes over them. */
const BLOCK_BYTES = 128 * 1024
/** Vectors of channels that are computed together: a whole cache line. */
const MOST_VECTORS = 4

/**
 * dkernel[r, s, c] = Σ over n, i, j of x[n, i·sy + r·dy - top, j·sx + s·dx - left, c] · dy[n, i, j, c].
 * Each group of blocks is summed by one piece; the groups' sums are then added in order. Where there are several kernels a
 * channel, the channels of x are repeated first: then every channel has one.
 */
export const depthwiseConv2dKernelGradient: KernelFor<'depthwiseConv2dKernelGradient'> = node => {
  const [x, dy] = node.inputs as [readonly number[], readonly number[]]
  const times = dy[3]! / x[3]!
  const w = depthwiseWindow(node.attributes, x, dy)
  const block = rowsPerBlock(w)
  const blocks = Math.ceil(w.rows / block)
  const g: Geometry = {
    ...w,
    block,
    blocks,
    groups: Math.min(GROUPS, w.images * blocks),
    paddedChannels: Math.ceil(w.channels / LANES) * LANES,
  }
  const rows = w.kernel[0] * w.kernel[1]
  const { groups, channels, paddedChannels } = g
  const partial = groups * rows * paddedChannels
  const sum = addPartialSums(0, { groups, rows, columns: channels, paddedColumns: paddedChannels })
  if (times === 1)
    return {
      algorithm: 'direct, partial sums',
      steps: [gradientStep(g, at => at.inputs[0]!), sum],
      temporaries: [partial],
    }
  return {
    algorithm: 'direct, channels repeated, partial sums',
    steps: [repeatChannels(0, 1, x, times), gradientStep(g, at => at.temporaries[1]!), sum],
    temporaries: [partial, sizeOf(x) * times],
  }
}

interface Geometry extends DepthwiseWindow {
  readonly groups: number
  /** Rows of positions whose products each tap adds up at once, and how often that is done for each picture. */
  readonly block: number
  readonly blocks: number
  readonly paddedChannels: number
}

function rowsPerBlock({ rows, columns, width, channels, strides }: DepthwiseWindow): number {
  const rowBytes = (columns + strides[0] * width) * channels * FLOAT
  return Math.max(1, Math.min(rows, Math.floor(BLOCK_BYTES / rowBytes)))
}

function gradientStep(g: Geometry, input: (at: Addresses) => number): KernelStep {
  return {
    name: 'depthwise kernel gradient',
    pieces: g.groups,
    emit: emission => emitGroup(emission, g, input(emission.at)),
  }
}

function emitGroup(emission: Emission, g: Geometry, input: number): void {
  const { f, at, piece } = emission
  const partialBytes = g.kernel[0] * g.kernel[1] * g.paddedChannels * FLOAT
  const partial = f.i32(i32.add(at.temporaries[0]!, i32.mul(piece, partialBytes)))
  f.clear(partial, partialBytes)
  const units = g.images * g.blocks
  const unit = f.i32(groupStart(piece, units, g.groups))
  const end = f.i32(groupStart(i32.add(piece, 1), units, g.groups))
  const tile = new Sums(f)
  const [x, dy, first] = [f.i32(), f.i32(), f.i32()]
  const image = i32.div(unit, g.blocks)
  f.while(i32.lt(unit, end), () => {
    f.set(x, i32.add(input, i32.mul(image, g.height * g.width * g.channels * FLOAT)))
    f.set(dy, i32.add(at.inputs[1]!, i32.mul(image, g.rows * g.columns * g.channels * FLOAT)))
    f.set(first, i32.mul(i32.rem(unit, g.blocks), g.block))
    emitBlock(emission, g, { tile, partial, x, dy, first })
    f.increase(unit, 1)
  })
}

/** Sums of one row of taps: some taps, some vectors of channels. */
class Sums {
  private readonly sums: Local<'v128'>[]
  readonly gradient: Local<'v128'>

  constructor(readonly f: FunctionBuilder) {
    this.sums = Array.from({ length: this.most }, () => f.v128())
    this.gradient = f.v128()
  }

  /** As many as fit the registers beside a vector of dy and one of the picture, and a product that is to be rounded. */
  get most(): number {
    return this.f.fused ? 12 : 8
  }

  each(t: Taps, visit: (sum: Local<'v128'>, tap: number, vector: number) => void): void {
    for (let vector = 0; vector < t.vectors; vector++)
      for (let tap = 0; tap < t.count; tap++) visit(this.sums[vector * t.count + tap]!, tap, vector)
  }
}

/** Neighbouring taps of a row of the kernel, and vectors of channels, that are summed together. */
interface Taps {
  readonly first: number
  readonly count: number
  readonly vectors: number
}

interface Block {
  readonly tile: Sums
  readonly partial: Local<'i32'>
  /** Where the picture and its gradient begin. */
  readonly x: Local<'i32'>
  readonly dy: Local<'i32'>
  /** The block's first row. */
  readonly first: Local<'i32'>
}

/** Adds the products of a block of rows, for each row of taps. */
function emitBlock(emission: Emission, g: Geometry, b: Block): void {
  const { f } = emission
  const [R, S] = g.kernel
  const most = b.tile.most
  const vectors = Math.min(MOST_VECTORS, Math.ceil(g.channels / LANES), Math.max(1, Math.floor(most / S)))
  const end = f.i32(i32.min(g.rows, i32.add(b.first, g.block)))
  const [r, channel] = [f.i32(), f.i32()]
  f.for(r, 0, R, 1, () => {
    const start = i32.sub(i32.mul(r, g.dilation[0]), g.top)
    const seen = stepsInside(emission, start, g.strides[0], g.height, end)
    const from = f.i32(i32.max(seen.first, b.first))
    inBlocks(f, channel, g.channels, vectors * LANES, width => {
      for (let s = 0; s < S; s += most) {
        const taps = { first: s, count: Math.min(most, S - s), vectors: Math.ceil(width / LANES) }
        emitTaps(f, g, taps, { ...b, r, channel, from, end: seen.end })
      }
    })
  })
}

interface RowsOfTaps extends Block {
  /** The row of the kernel. */
  readonly r: Local<'i32'>
  readonly channel: Local<'i32'>
  /** Rows of positions at which this row of the kernel lies on the picture. */
  readonly from: Local<'i32'>
  readonly end: Local<'i32'>
}

/** Takes up the sums of some taps, adds what a block of rows gives them, and stores them again. */
function emitTaps(f: FunctionBuilder, g: Geometry, taps: Taps, b: RowsOfTaps): void {
  const channel = f.i32(i32.mul(b.channel, FLOAT))
  const tapBytes = g.paddedChannels * FLOAT
  const tap = i32.add(i32.mul(b.r, g.kernel[1]), taps.first)
  const partial = f.i32(i32.add(i32.add(b.partial, i32.mul(tap, tapBytes)), channel))
  const offset = (s: number, vector: number) => s * tapBytes + vector * LANES * FLOAT
  b.tile.each(taps, (sum, s, vector) => f.set(sum, v128.load(partial, offset(s, vector))))
  const rowBytes = g.width * g.channels * FLOAT
  const row = f.i32(b.from)
  const seen = i32.sub(i32.add(i32.mul(row, g.strides[0]), i32.mul(b.r, g.dilation[0])), g.top)
  const x = f.i32(i32.add(i32.add(b.x, channel), i32.mul(seen, rowBytes)))
  const dy = f.i32(i32.add(i32.add(b.dy, channel), i32.mul(row, g.columns * g.channels * FLOAT)))
  countDown(f, i32.sub(b.end, row), apart => {
    emitColumns(f, g, taps, b.tile, { x, dy, apart })
    f.increase(x, g.strides[0] * rowBytes)
    f.increase(dy, g.columns * g.channels * FLOAT)
  })
  b.tile.each(taps, (sum, s, vector) => f.storeVector(partial, sum, offset(s, vector)))
}

/** Where a row's numbers begin. */
interface Line {
  readonly x: Local<'i32'>
  readonly dy: Local<'i32'>
  /** See `countDown`. */
  readonly apart: () => void
}

/** Adds the products of one row. */
function emitColumns(f: FunctionBuilder, g: Geometry, taps: Taps, tile: Sums, line: Line): void {
  const { before, middle, behind } = cutColumns(g, 1)
  for (const { first } of before) addPixel(f, g, taps, tile, first, line)
  if (middle.times > 0) {
    const [x, dy] = [f.i32(line.x), f.i32(line.dy)]
    countDown(f, middle.times, apart => {
      addPixel(f, g, taps, tile, middle.first, { x, dy, apart })
      f.increase(x, g.strides[1] * g.channels * FLOAT)
      f.increase(dy, g.channels * FLOAT)
    })
  }
  for (const { first } of behind) addPixel(f, g, taps, tile, first, line)
}

/** Adds the products of the taps at one position. */
function addPixel(
  f: FunctionBuilder,
  g: Geometry,
  taps: Taps,
  tile: Sums,
  column: number,
  { x, dy, apart }: Line,
): void {
  const cell = g.channels * FLOAT
  let loaded = -1
  tile.each(taps, (sum, tap, vector) => {
    const s = taps.first + tap
    if (!isInside(g, column, s)) return
    apart()
    const byte = vector * LANES * FLOAT
    if (loaded !== vector) f.set(tile.gradient, v128.load(dy, column * cell + byte))
    loaded = vector
    f.set(sum, f.madd(v128.load(x, seenColumn(g, column, s) * cell + byte), tile.gradient, sum))
  })
}
