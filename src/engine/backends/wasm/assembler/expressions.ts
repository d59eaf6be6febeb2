import type { Bytes } from './bytes.js'

export type ValueType = 'i32' | 'f32' | 'v128'

/** Code that leaves one value of type `T` on WebAssembly's stack. Written out anew wherever it is used. */
export interface Expression<T extends ValueType> {
  readonly type: T
  write(out: Bytes): void
}

type I32 = Expression<'i32'>
type F32 = Expression<'f32'>
type V128 = Expression<'v128'>
/** Plain numbers stand for constants. */
export type Integer = I32 | number
export type Float = F32 | number
/** A plain number stands for four equal lanes. */
export type Vector = V128 | number

const SIMD = 0xfd
const ATOMIC = 0xfe
const SATURATING = 0xfc

const expression = <T extends ValueType>(type: T, write: (out: Bytes) => void): Expression<T> => ({
  type,
  write,
})

const integer = (x: Integer): I32 =>
  typeof x === 'number' ? expression('i32', out => out.raw(0x41).signed(x)) : x
const float = (x: Float): F32 =>
  typeof x === 'number' ? expression('f32', out => out.raw(0x43).float32(x)) : x
const vector = (x: Vector): V128 =>
  typeof x !== 'number'
    ? x
    : expression('v128', out => {
        out.raw(SIMD).unsigned(0x0c)
        for (let lane = 0; lane < 4; lane++) out.float32(x)
      })

const plain =
  <R extends ValueType, A>(type: R, coerce: (a: A) => Expression<ValueType>, ...opcode: number[]) =>
  (...operands: A[]): Expression<R> =>
    expression(type, out => {
      for (const operand of operands) coerce(operand).write(out)
      out.raw(...opcode)
    })

const simdCode = (code: number): number[] =>
  code < 128 ? [SIMD, code] : [SIMD, (code & 127) | 128, code >> 7]

type Binary<A, R extends ValueType> = (a: A, b: A) => Expression<R>
type Unary<A, R extends ValueType> = (a: A) => Expression<R>

const i32Binary = (code: number): Binary<Integer, 'i32'> => plain('i32', integer, code)
const f32Binary = (code: number): Binary<Float, 'f32'> => plain('f32', float, code)
const f32Unary = (code: number): Unary<Float, 'f32'> => plain('f32', float, code)
const f32Compare = (code: number): Binary<Float, 'i32'> => plain('i32', float, code)
const vectorBinary = (code: number): Binary<Vector, 'v128'> => plain('v128', vector, ...simdCode(code))
const vectorUnary = (code: number): Unary<Vector, 'v128'> => plain('v128', vector, ...simdCode(code))

const access =
  <R extends ValueType>(type: R, align: number, ...opcode: number[]) =>
  (address: Integer, offset = 0): Expression<R> =>
    expression(type, out => {
      integer(address).write(out)
      out.raw(...opcode, align).unsigned(offset)
    })

const shift =
  (code: number) =>
  (x: Vector, by: number): V128 =>
    expression('v128', out => {
      vector(x).write(out)
      integer(by).write(out)
      out.raw(...simdCode(code))
    })

export const i32 = {
  const: integer,
  load: access('i32', 2, 0x28),
  atomicLoad: access('i32', 2, ATOMIC, 0x10),
  add: i32Binary(0x6a),
  sub: i32Binary(0x6b),
  mul: i32Binary(0x6c),
  div: i32Binary(0x6e), // unsigned: addresses and counts
  rem: i32Binary(0x70),
  and: i32Binary(0x71),
  or: i32Binary(0x72),
  xor: i32Binary(0x73),
  shr: i32Binary(0x76),
  eq: i32Binary(0x46),
  ne: i32Binary(0x47),
  lt: i32Binary(0x48), // signed: positions may lie before the picture
  gt: i32Binary(0x4a),
  le: i32Binary(0x4c),
  ge: i32Binary(0x4e),
  eqz: plain('i32', integer, 0x45) as Unary<Integer, 'i32'>,
  /** Truncates; what lies below 0 gives 0, NaN too. */
  fromF32: plain('i32', float, SATURATING, 0x01) as Unary<Float, 'i32'>,
  /** Truncates, negative numbers too; out of range saturates, NaN gives 0. */
  signedFromF32: plain('i32', float, SATURATING, 0x00) as Unary<Float, 'i32'>,
  select: (a: Integer, b: Integer, condition: Integer): I32 =>
    expression('i32', out => {
      integer(a).write(out)
      integer(b).write(out)
      integer(condition).write(out)
      out.raw(0x1b)
    }),
  /** The smaller of two signed integers that cost little to compute twice. */
  min: (a: Integer, b: Integer): I32 => i32.select(a, b, i32.lt(a, b)),
  max: (a: Integer, b: Integer): I32 => i32.select(a, b, i32.gt(a, b)),
}

export const f32 = {
  const: float,
  load: access('f32', 2, 0x2a),
  add: f32Binary(0x92),
  sub: f32Binary(0x93),
  mul: f32Binary(0x94),
  div: f32Binary(0x95),
  min: f32Binary(0x96),
  max: f32Binary(0x97),
  neg: f32Unary(0x8c),
  sqrt: f32Unary(0x91),
  floor: f32Unary(0x8e),
  /** A half goes to the even neighbour. */
  nearest: f32Unary(0x90),
  eq: f32Compare(0x5b),
  ne: f32Compare(0x5c),
  lt: f32Compare(0x5d),
  gt: f32Compare(0x5e),
  fromI32: plain('f32', integer, 0xb2) as Unary<Integer, 'f32'>,
  select: (a: Float, b: Float, condition: Integer): F32 =>
    expression('f32', out => {
      float(a).write(out)
      float(b).write(out)
      integer(condition).write(out)
      out.raw(0x1b)
    }),
  /** Lane 0 … 3 of a vector. */
  lane: (x: Vector, lane: number): F32 =>
    expression('f32', out => {
      vector(x).write(out)
      out.raw(...simdCode(0x1f), lane)
    }),
}

export const v128 = {
  load: access('v128', 2, SIMD, 0x00),
  /** One float, in all four lanes. */
  loadSplat: access('v128', 2, SIMD, 0x09),
  and: vectorBinary(0x4e),
  andNot: vectorBinary(0x4f),
  or: vectorBinary(0x50),
  xor: vectorBinary(0x51),
  /** Bits of `a` where the mask is 1, of `b` where it is 0. */
  select: plain('v128', vector, ...simdCode(0x52)) as (a: Vector, b: Vector, mask: Vector) => V128,
}

export const f32x4 = {
  const: vector,
  /** A vector of four floats. */
  join: (lanes: readonly Float[]): V128 =>
    lanes.slice(1).reduce<V128>(
      (joined, lane, index) =>
        expression('v128', out => {
          joined.write(out)
          float(lane).write(out)
          out.raw(...simdCode(0x20), index + 1)
        }),
      f32x4.splat(lanes[0]!),
    ),
  splat: plain('v128', float, ...simdCode(0x13)) as Unary<Float, 'v128'>,
  ne: vectorBinary(0x42),
  lt: vectorBinary(0x43),
  gt: vectorBinary(0x44),
  abs: vectorUnary(0xe0),
  neg: vectorUnary(0xe1),
  sqrt: vectorUnary(0xe3),
  nearest: vectorUnary(0x6a),
  add: vectorBinary(0xe4),
  sub: vectorBinary(0xe5),
  mul: vectorBinary(0xe6),
  div: vectorBinary(0xe7),
  /** NaN if either is NaN. */
  min: vectorBinary(0xe8),
  max: vectorBinary(0xe9),
  /** `b < a ? b : a`: a NaN in `a` stays. One instruction, unlike `min` and `max`. */
  pmin: vectorBinary(0xea),
  pmax: vectorBinary(0xeb),
  /** a · b + c, rounded twice: the same bits on every machine. */
  madd: (a: Vector, b: Vector, c: Vector): V128 => f32x4.add(c, f32x4.mul(a, b)),
  /** a · b + c, rounded once where the machine can, else twice. Relaxed SIMD: not every runtime has it. */
  relaxedMadd: plain('v128', vector, ...simdCode(0x105)) as (a: Vector, b: Vector, c: Vector) => V128,
  fromI32x4: vectorUnary(0xfa),
  /** Four of the lanes of two vectors: 0 … 3 are those of `a`, 4 … 7 those of `b`. */
  shuffle: (a: Vector, b: Vector, lanes: readonly number[]): V128 =>
    expression('v128', out => {
      vector(a).write(out)
      vector(b).write(out)
      out.raw(...simdCode(0x0d), ...lanes.flatMap(lane => [0, 1, 2, 3].map(byte => 4 * lane + byte)))
    }),
}

export const i32x4 = {
  splat: plain('v128', integer, ...simdCode(0x11)) as Unary<Integer, 'v128'>,
  lanes: (lanes: readonly number[]): V128 =>
    expression('v128', out => {
      out.raw(SIMD).unsigned(0x0c)
      for (const lane of lanes) for (let byte = 0; byte < 4; byte++) out.raw((lane >>> (8 * byte)) & 255)
    }),
  eq: vectorBinary(0x37),
  unsignedGe: vectorBinary(0x40),
  add: vectorBinary(0xae),
  sub: vectorBinary(0xb1),
  mul: vectorBinary(0xb5),
  shl: shift(0xab),
  shr: shift(0xad), // unsigned
  /** Truncates; out of range saturates, NaN gives 0. */
  fromF32x4: vectorUnary(0xf8),
}

/** Adds to an integer in shared memory and gives the value before. */
export const atomicAdd = (address: Integer, amount: Integer): I32 =>
  expression('i32', out => {
    integer(address).write(out)
    integer(amount).write(out)
    out.raw(ATOMIC, 0x1e, 2).unsigned(0)
  })
