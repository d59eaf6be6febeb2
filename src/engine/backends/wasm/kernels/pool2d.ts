import type { OpAttributes, PoolKind } from '../../../ops/attributes.js'
import { type Expression, f32, f32x4, i32, i32x4, type Vector, v128 } from '../assembler/expressions.js'
import type { FunctionBuilder, Local } from '../assembler/function.js'
import { disjointPool, disjointPoolGradient, isDisjoint } from './disjoint-pool.js'
import { passed } from './epilogue.js'
import { type Emission, FLOAT, type KernelFor, LANES } from './kernel.js'
import { EMPTY, eachFour, type Picture } from './pooling.js'

type Pool = OpAttributes['pool2d']

/** Forward: a piece is one row of the output. */
export const pool2d: KernelFor<'pool2d'> = ({ attributes, inputs, output }) => {
  if (isDisjoint(attributes))
    return disjointPool(attributes, inputs[0] as unknown as Picture, output as unknown as Picture)
  const [images, height, width, channels] = inputs[0] as unknown as Picture
  const [, rows, columns] = output as unknown as Picture
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const image = f.i32(i32.div(piece, rows))
    const picture = f.i32(i32.add(at.inputs[0]!, i32.mul(image, height * width * channels * FLOAT)))
    const window = new PoolWindow(f, attributes, height, width, channels)
    const [x, out] = [f.i32(), f.i32(i32.add(at.output, i32.mul(piece, columns * channels * FLOAT)))]
    const result = f.v128()
    window.row(i32.rem(piece, rows))
    f.for(x, 0, columns, 1, () => {
      window.column(x)
      eachFour(f, channels, (c, lanes) => {
        reduce(f, attributes.kind, window, i32.add(picture, c), result)
        f.storeLanes(i32.add(out, c), result, lanes)
      })
      f.increase(out, channels * FLOAT)
    })
  }
  return { steps: [{ name: `${attributes.kind} pool`, pieces: images * rows, emit }] }
}

/** Backward: windows may overlap, so a piece is a whole picture. */
export const pool2dGradient: KernelFor<'pool2dGradient'> = ({ attributes, inputs }) => {
  if (isDisjoint(attributes))
    return disjointPoolGradient(attributes, inputs[1] as unknown as Picture, inputs[0] as unknown as Picture)
  const [images, rows, columns, channels] = inputs[0] as unknown as Picture
  const [, height, width] = inputs[1] as unknown as Picture
  const bytes = height * width * channels * FLOAT
  const emit = (emission: Emission) => {
    const { f, at, piece } = emission
    const offset = f.i32(i32.mul(piece, bytes))
    const [x, dx] = [f.i32(i32.add(at.inputs[1]!, offset)), f.i32(i32.add(at.output, offset))]
    const dy = f.i32(i32.add(at.inputs[0]!, i32.mul(piece, rows * columns * channels * FLOAT)))
    const window = new PoolWindow(f, attributes, height, width, channels)
    const [row, column, gradient] = [f.i32(), f.i32(), f.v128()]
    f.clear(dx, bytes)
    f.for(row, 0, rows, 1, () => {
      window.row(row)
      f.for(column, 0, columns, 1, () => {
        window.column(column)
        eachFour(f, channels, (c, lanes) => {
          f.set(gradient, v128.load(i32.add(dy, c)))
          distribute(f, attributes.kind, window, { x: i32.add(x, c), dx: i32.add(dx, c), gradient, lanes })
        })
        f.increase(dy, channels * FLOAT)
      })
    })
    if (attributes.throughRelu) passPicture(f, x, dx, bytes)
  }
  return { steps: [{ name: `${attributes.kind} pool gradient`, pieces: images, emit }] }
}

/** Windows that overlap add up first; then the gradient goes through the relu that made the picture. */
function passPicture(f: FunctionBuilder, x: Local<'i32'>, dx: Local<'i32'>, bytes: number): void {
  const offset = f.i32()
  const four = (lanes: number) => {
    const address = i32.add(dx, offset)
    f.storeLanes(address, passed(v128.load(address), v128.load(i32.add(x, offset))), lanes)
  }
  const vector = LANES * FLOAT
  f.for(offset, 0, bytes - (bytes % vector), vector, () => four(LANES))
  if (bytes % vector === 0) return
  f.set(offset, bytes - (bytes % vector))
  four((bytes % vector) / FLOAT)
}

/** The cells of a window that lie in the picture. */
class PoolWindow {
  private readonly y: Local<'i32'>
  private readonly x: Local<'i32'>
  private readonly r: Local<'i32'>
  private readonly s: Local<'i32'>
  private readonly address: Local<'i32'>
  private readonly padded: boolean

  constructor(
    private readonly f: FunctionBuilder,
    private readonly pool: Pool,
    private readonly height: number,
    private readonly width: number,
    private readonly channels: number,
  ) {
    ;[this.y, this.x, this.r, this.s, this.address] = [f.i32(), f.i32(), f.i32(), f.i32(), f.i32()]
    const { top, bottom, left, right } = pool.pad
    this.padded = top + bottom + left + right > 0
  }

  row(index: Expression<'i32'>): void {
    this.f.set(this.y, i32.sub(i32.mul(index, this.pool.strides[0]), this.pool.pad.top))
  }

  column(index: Expression<'i32'>): void {
    this.f.set(this.x, i32.sub(i32.mul(index, this.pool.strides[1]), this.pool.pad.left))
  }

  /** Calls `visit` for each cell, row by row: `offset` in bytes from the picture's start, `cell` its number in the window. */
  each(visit: (offset: Local<'i32'>, cell: Expression<'i32'>) => void): void {
    const { f, r, s, address, pool } = this
    const [R, S] = pool.kernel
    const y = i32.add(this.y, i32.mul(r, pool.dilation[0]))
    const x = i32.add(this.x, i32.mul(s, pool.dilation[1]))
    const inside = (position: Expression<'i32'>, length: number) =>
      i32.and(i32.ge(position, 0), i32.lt(position, length))
    const cell = () => {
      f.set(address, i32.mul(i32.add(i32.mul(y, this.width), x), this.channels * FLOAT))
      visit(address, i32.add(i32.mul(r, S), s))
    }
    f.for(r, 0, R, 1, () =>
      f.for(s, 0, S, 1, () =>
        this.padded ? f.if(i32.and(inside(y, this.height), inside(x, this.width)), cell) : cell(),
      ),
    )
  }
}

function reduce(
  f: FunctionBuilder,
  kind: PoolKind,
  window: PoolWindow,
  base: Expression<'i32'>,
  result: Local<'v128'>,
): void {
  const join = kind === 'max' ? f32x4.max : kind === 'min' ? f32x4.min : f32x4.add
  const start = f.i32(base)
  const count = f.f32(0)
  f.set(result, EMPTY[kind])
  window.each(offset => {
    f.set(result, join(result, v128.load(i32.add(start, offset))))
    if (kind === 'average') f.set(count, f32.add(count, 1))
  })
  if (kind === 'average') f.set(result, f32x4.div(result, f32x4.splat(count)))
}

interface Share {
  readonly x: Expression<'i32'>
  readonly dx: Expression<'i32'>
  readonly gradient: Local<'v128'>
  readonly lanes: number
}

function distribute(
  f: FunctionBuilder,
  kind: PoolKind,
  window: PoolWindow,
  { x, dx, gradient, lanes }: Share,
): void {
  const [from, to] = [f.i32(x), f.i32(dx)]
  const target = f.i32()
  const give = (offset: Local<'i32'>, part: Vector) => {
    f.set(target, i32.add(to, offset))
    f.storeLanes(target, f32x4.add(v128.load(target), part), lanes)
  }
  if (kind === 'average') {
    const count = f.f32(0)
    window.each(() => f.set(count, f32.add(count, 1)))
    f.set(gradient, f32x4.div(gradient, f32x4.splat(count)))
    window.each(offset => give(offset, gradient))
    return
  }
  const winner = findWinner(f, kind, window, from)
  window.each((offset, cell) => give(offset, v128.and(gradient, i32x4.eq(winner, i32x4.splat(cell)))))
}

/** The number of the first extreme cell of the window, in each lane. */
function findWinner(
  f: FunctionBuilder,
  kind: PoolKind,
  window: PoolWindow,
  from: Local<'i32'>,
): Local<'v128'> {
  const better = kind === 'max' ? f32x4.gt : f32x4.lt
  const [best, winner, value, mask] = [f.v128(EMPTY[kind]), f.v128(0), f.v128(), f.v128()]
  window.each((offset, cell) => {
    f.set(value, v128.load(i32.add(from, offset)))
    f.set(mask, better(value, best))
    f.set(best, v128.select(value, best, mask))
    f.set(winner, v128.select(i32x4.splat(cell), winner, mask))
  })
  return winner
}
