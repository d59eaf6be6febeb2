import { type Shape, sizeOf } from '../../../../base/shape.js'
import { i32 } from '../assembler/expressions.js'
import { type Emission, FLOAT, type KernelFor, type KernelStep } from './kernel.js'

/** A block inside a larger array: its shape there, and where it begins. */
interface Region {
  readonly shape: Shape
  readonly begin: Shape
}

/** Distance in floats between neighbours along each axis. */
const stridesOf = (shape: Shape): number[] => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))

const firstOf = ({ shape, begin }: Region): number =>
  stridesOf(shape).reduce((sum, stride, axis) => sum + stride * begin[axis]!, 0)

/** Copies a block of shape `size` between two arrays: one run of the last axes at a time, the first axis in pieces. */
function copyBlock(name: string, input: number, size: Shape, from: Region, to: Region): KernelStep {
  const [fromStrides, toStrides] = [stridesOf(from.shape), stridesOf(to.shape)]
  const emit = ({ f, at, piece }: Emission) => {
    const copyAxis = (
      axis: number,
      source: ReturnType<typeof f.i32>,
      target: ReturnType<typeof f.i32>,
    ): void => {
      if (isRun(axis, size, from, to)) {
        f.copy(target, source, sizeOf(size.slice(axis)) * FLOAT)
        return
      }
      const [s, t] = [f.i32(source), f.i32(target)]
      f.for(f.i32(), 0, size[axis]!, 1, () => {
        copyAxis(axis + 1, s, t)
        f.increase(s, fromStrides[axis]! * FLOAT)
        f.increase(t, toStrides[axis]! * FLOAT)
      })
    }
    const place = (buffer: number, region: Region, stride: number) =>
      f.i32(i32.add(buffer + firstOf(region) * FLOAT, i32.mul(piece, stride * FLOAT)))
    copyAxis(1, place(at.inputs[input]!, from, fromStrides[0]!), place(at.output, to, toStrides[0]!))
  }
  return { name, pieces: size[0]!, emit }
}

/** True when everything from `axis` on lies without gaps in both arrays. */
const isRun = (axis: number, size: Shape, from: Region, to: Region): boolean =>
  size
    .slice(axis + 1)
    .every((length, i) => length === from.shape[axis + 1 + i] && length === to.shape[axis + 1 + i])

const whole = (shape: Shape): Region => ({ shape, begin: shape.map(() => 0) })

export const slice: KernelFor<'slice'> = ({ attributes, inputs, output }) => ({
  steps: [copyBlock('slice', 0, output, { shape: inputs[0]!, begin: attributes.begin }, whole(output))],
})

export const concatenate: KernelFor<'concatenate'> = ({ attributes, inputs, output }) => {
  let reached = 0
  const steps = inputs.map((shape, input) => {
    const begin = output.map((_, axis) => (axis === attributes.axis ? reached : 0))
    reached += shape[attributes.axis]!
    return copyBlock('concatenate', input, shape, whole(shape), { shape: output, begin })
  })
  return { steps }
}

export const pad: KernelFor<'pad'> = ({ attributes, inputs, output }) => {
  const rowBytes = sizeOf(output.slice(1)) * FLOAT
  const clear: KernelStep = {
    name: 'clear',
    pieces: output[0]!,
    emit: ({ f, at, piece }) => f.clear(i32.add(at.output, i32.mul(piece, rowBytes)), rowBytes),
  }
  const to = { shape: output, begin: attributes.before }
  return { steps: [clear, copyBlock('pad', 0, inputs[0]!, whole(inputs[0]!), to)] }
}
