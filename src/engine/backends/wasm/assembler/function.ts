import { Bytes } from './bytes.js'
import {
  type Expression,
  type Float,
  f32,
  f32x4,
  type Integer,
  i32,
  type ValueType,
  type Vector,
} from './expressions.js'

const CODES: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, v128: 0x7b }
const VOID = 0x40

/** A variable of a function; reading it is an expression. */
export interface Local<T extends ValueType> extends Expression<T> {
  readonly index: number
}

export interface Signature {
  readonly parameters: readonly ValueType[]
  readonly result: ValueType | null
}

/** A function that can be called: known before its body is. */
export interface Callable {
  readonly index: number
  readonly signature: Signature
}

/** Writes the body of one function, statement after statement. */
export class FunctionBuilder {
  readonly parameters: readonly Local<ValueType>[]
  private readonly code = new Bytes()
  private readonly types: ValueType[] = []

  constructor(
    readonly signature: Signature,
    /** Whether products are added without being rounded first. */
    readonly fused = false,
  ) {
    this.parameters = signature.parameters.map((type, index) => local(type, index))
  }

  i32(initial?: Integer): Local<'i32'> {
    const variable = this.declare('i32')
    if (initial !== undefined) this.set(variable, initial)
    return variable
  }

  f32(initial?: Float): Local<'f32'> {
    const variable = this.declare('f32')
    if (initial !== undefined) this.set(variable, f32.const(initial))
    return variable
  }

  v128(initial?: Vector): Local<'v128'> {
    const variable = this.declare('v128')
    if (initial !== undefined) this.set(variable, initial)
    return variable
  }

  set(variable: Local<'i32'>, value: Integer): void
  set(variable: Local<'f32'>, value: Expression<'f32'>): void
  set(variable: Local<'v128'>, value: Vector): void
  set(variable: Local<ValueType>, value: Expression<ValueType> | number): void {
    const written =
      typeof value !== 'number' ? value : variable.type === 'i32' ? i32.const(value) : f32x4.const(value)
    written.write(this.code)
    this.code.raw(0x21).unsigned(variable.index)
  }

  /** a · b + c as this module adds products: fused, or rounded twice with the same bits everywhere. */
  madd(a: Vector, b: Vector, c: Vector): Expression<'v128'> {
    return this.fused ? f32x4.relaxedMadd(a, b, c) : f32x4.madd(a, b, c)
  }

  increase(variable: Local<'i32'>, by: Integer): void {
    this.set(variable, i32.add(variable, by))
  }

  store(address: Integer, value: Expression<'i32'> | Expression<'f32'>, offset = 0): void {
    i32.const(address).write(this.code)
    value.write(this.code)
    this.code.raw(value.type === 'i32' ? 0x36 : 0x38, 2).unsigned(offset)
  }

  storeVector(address: Integer, value: Vector, offset = 0): void {
    i32.const(address).write(this.code)
    f32x4.const(value).write(this.code)
    this.code.raw(0xfd, 0x0b, 2).unsigned(offset)
  }

  /** Stores the first `lanes` of a vector and leaves what lies behind them alone. */
  storeLanes(address: Integer, value: Vector, lanes: number, offset = 0): void {
    if (lanes === 4) this.storeVector(address, value, offset)
    else
      for (let lane = 0; lane < lanes; lane++) {
        i32.const(address).write(this.code)
        f32x4.const(value).write(this.code)
        this.code
          .raw(0xfd, 0x5a, 2)
          .unsigned(offset + 4 * lane)
          .raw(lane)
      }
  }

  atomicStore(address: Integer, value: Integer): void {
    i32.const(address).write(this.code)
    i32.const(value).write(this.code)
    this.code.raw(0xfe, 0x17, 2, 0)
  }

  /** Sleeps while the integer at `address` is `expected`, until it is notified. */
  atomicWait(address: Integer, expected: Integer): void {
    i32.const(address).write(this.code)
    i32.const(expected).write(this.code)
    this.code.raw(0x42).signed(-1).raw(0xfe, 0x01, 2, 0, 0x1a)
  }

  /** Wakes everyone who waits at `address`. */
  atomicNotify(address: Integer): void {
    i32.const(address).write(this.code)
    i32.const(-1).write(this.code)
    this.code.raw(0xfe, 0x00, 2, 0, 0x1a)
  }

  /** Sets `bytes` bytes to zero. */
  clear(address: Integer, bytes: Integer): void {
    for (const part of [address, 0, bytes]) i32.const(part).write(this.code)
    this.code.raw(0xfc, 0x0b, 0)
  }

  copy(to: Integer, from: Integer, bytes: Integer): void {
    for (const part of [to, from, bytes]) i32.const(part).write(this.code)
    this.code.raw(0xfc, 0x0a, 0, 0)
  }

  call(callee: Callable, ...values: readonly Expression<ValueType>[]): void {
    callExpression(callee, values).write(this.code)
    if (callee.signature.result) this.code.raw(0x1a)
  }

  if(condition: Integer, body: () => void, otherwise?: () => void): void {
    i32.const(condition).write(this.code)
    this.code.raw(0x04, VOID)
    body()
    if (otherwise) {
      this.code.raw(0x05)
      otherwise()
    }
    this.code.raw(0x0b)
  }

  /** Runs the body at least once, and again while the condition that it returns holds. */
  repeat(body: () => Integer): void {
    this.code.raw(0x03, VOID)
    i32.const(body()).write(this.code)
    this.code.raw(0x0d, 0)
    this.code.raw(0x0b)
  }

  /** The same, and the body may leave the loop in the middle: by `leaveIf`, not from within an `if` or another loop. */
  repeatUntil(body: (leaveIf: (condition: Integer) => void) => Integer): void {
    this.code.raw(0x02, VOID)
    this.repeat(() =>
      body(condition => {
        i32.const(condition).write(this.code)
        this.code.raw(0x0d, 1)
      }),
    )
    this.code.raw(0x0b)
  }

  /** `body` while the condition holds, tested first. */
  while(condition: Integer, body: () => void): void {
    this.if(condition, () =>
      this.repeat(() => {
        body()
        return condition
      }),
    )
  }

  /** `counter` from `from` up to, not including, `to`. A range known to be empty writes nothing. */
  for(counter: Local<'i32'>, from: Integer, to: Integer, by: number, body: () => void): void {
    const known = typeof from === 'number' && typeof to === 'number'
    if (known && from >= to) return
    this.set(counter, from)
    const loop = () =>
      this.repeat(() => {
        body()
        this.increase(counter, by)
        return i32.lt(counter, to)
      })
    if (known) loop()
    else this.if(i32.lt(counter, to), loop)
  }

  return(value: Expression<ValueType>): void {
    value.write(this.code)
    this.code.raw(0x0f)
  }

  /** The body with its declarations, as the code section holds it. */
  finish(): Bytes {
    const body = new Bytes().unsigned(this.types.length)
    for (const type of this.types) body.unsigned(1).raw(CODES[type])
    body.append(this.code)
    // A function that ends in `return` still needs a value of its type for the validator.
    if (this.signature.result) body.raw(0x00)
    return body.raw(0x0b)
  }

  private declare<T extends ValueType>(type: T): Local<T> {
    this.types.push(type)
    return local(type, this.parameters.length + this.types.length - 1)
  }
}

function local<T extends ValueType>(type: T, index: number): Local<T> {
  return { type, index, write: out => void out.raw(0x20).unsigned(index) }
}

/** The result of calling a function. */
export function callExpression<T extends ValueType>(
  callee: Callable,
  values: readonly Expression<ValueType>[],
): Expression<T> {
  return {
    type: callee.signature.result as T,
    write(out) {
      for (const value of values) value.write(out)
      out.raw(0x10).unsigned(callee.index)
    },
  }
}

export const typeCode = (type: ValueType): number => CODES[type]
