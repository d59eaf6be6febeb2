import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sameShape } from '../../base/shape.js'
import type { OpName } from './attributes.js'

/** An op's inputs by name, as a tuple; throws when there are more or fewer than the op takes. */
export function take<T, Names extends readonly string[]>(
  op: OpName,
  inputs: readonly T[],
  ...names: Names
): { [I in keyof Names]: T } {
  if (inputs.length !== names.length)
    throw new ShapeError(`${op}: the inputs must be (${names.join(', ')}), but ${inputs.length} came.`)
  return names.map((_, i) => inputs[i]) as { [I in keyof Names]: T }
}

/** Throws unless `shape` has the axes that `axes` names, as in `N H W C`. */
export function expectAxes(op: OpName, input: string, shape: Shape, axes: string): void {
  const names = axes.split(' ')
  if (shape.length !== names.length)
    throw new ShapeError(`${op}: ${input} must be [${names.join(', ')}], but ${formatShape(shape)} came.`)
}

/** Throws unless `shape` is exactly `expected`. */
export function expectShape(op: OpName, input: string, shape: Shape, expected: Shape): void {
  if (!sameShape(shape, expected))
    throw new ShapeError(`${op}: ${input} must be ${formatShape(expected)}, but ${formatShape(shape)} came.`)
}

/** The length of the last axis; throws for a scalar, which has none. */
export function channelsOf(op: OpName, input: string, shape: Shape): number {
  const channels = shape.at(-1)
  if (channels === undefined)
    throw new ShapeError(`${op}: ${input} must have at least one axis, but a scalar came.`)
  return channels
}

/** The shape rule of ops whose inputs all have one shape, which is also the output's. */
export function oneShape(op: OpName, inputs: readonly Shape[], ...names: readonly string[]): Shape {
  const [first, ...rest] = take(op, inputs, ...names) as readonly Shape[]
  for (const [i, shape] of rest.entries()) expectShape(op, names[i + 1]!, shape, first!)
  return first!
}
