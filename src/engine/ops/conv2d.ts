import { ShapeError } from '../../base/errors.js'
import { formatShape, type Shape, sizeOf } from '../../base/shape.js'
import type { OpName, ThroughRelu, Window2D } from './attributes.js'
import { applyEpilogue, expectBias, expectUnfused, takeProduct } from './epilogue.js'
import { expectAxes, expectShape, take } from './inputs.js'
import type { Op } from './op.js'
import { eachTap } from './taps.js'
import { throughRelu } from './through-relu.js'
import { windowOutput } from './window.js'

/**
 * Convolution as the field uses the word (the kernel is not turned), with Keras' layouts.
 * Its gradients are convolutions over the same taps, with the roles of x, kernel and y exchanged.
 */
export const conv2d: Op<'conv2d'> = {
  shape(attributes, inputs) {
    const [x, kernel, bias] = takeProduct('conv2d', inputs, attributes.epilogue, ['x', 'kernel'])
    const output = convolved('conv2d', attributes, x, kernel)
    expectBias('conv2d', bias, output.at(-1)!)
    return output
  },
  meaning(attributes, inputs, shapes, output) {
    const [x, kernel, bias] = takeProduct('conv2d', inputs, attributes.epilogue, ['x', 'kernel'])
    const [, , C, K] = shapes[1] as Kernel
    const y = new Float64Array(sizeOf(output))
    eachTap(attributes, shapes[0]!, output, (from, to, tap) => {
      for (let c = 0; c < C; c++) addScaled(y, to * K, x[from * C + c]!, kernel, (tap * C + c) * K, K)
    })
    return applyEpilogue(y, K, attributes.epilogue, bias)
  },
  gradient(record, { attributes, inputs }, dy) {
    const { epilogue, ...window } = attributes
    expectUnfused('conv2d', epilogue)
    const [x, kernel] = take('conv2d', inputs, 'x', 'kernel')
    return [
      record.apply('conv2dInputGradient', { ...window, inputShape: x.shape }, [dy, kernel]),
      record.apply('conv2dKernelGradient', window, [x, dy]),
    ]
  },
}

/** What each output cell owes to each input cell: dx[c] = Σ dy[k] · kernel[c, k] over all taps. */
export const conv2dInputGradient: Op<'conv2dInputGradient'> = {
  shape(attributes, inputs) {
    const [dy, kernel, x] = takeGradient(attributes, inputs)
    if (x) expectShape('conv2dInputGradient', 'x', x, attributes.inputShape)
    const expected = convolved('conv2dInputGradient', attributes, attributes.inputShape, kernel)
    expectShape('conv2dInputGradient', 'dy', dy, expected)
    return attributes.inputShape
  },
  meaning(attributes, inputs, shapes, output) {
    const [dy, kernel, x] = takeGradient(attributes, inputs)
    const [, , C, K] = shapes[1] as Kernel
    const dx = new Float64Array(sizeOf(output))
    eachTap(attributes, output, shapes[0]!, (to, from, tap) => {
      for (let c = 0; c < C; c++) dx[to * C + c]! += innerProduct(dy, from * K, kernel, (tap * C + c) * K, K)
    })
    return throughRelu(dx, x)
  },
  gradient: null,
}

function takeGradient<T>(attributes: ThroughRelu, inputs: readonly T[]): readonly [T, T, T?] {
  return attributes.throughRelu
    ? take('conv2dInputGradient', inputs, 'dy', 'kernel', 'x')
    : take('conv2dInputGradient', inputs, 'dy', 'kernel')
}

/** What each kernel number did: dkernel[c, k] = Σ x[c] · dy[k] over all places the tap was at. */
export const conv2dKernelGradient: Op<'conv2dKernelGradient'> = {
  shape(window, inputs) {
    const [x, dy] = take('conv2dKernelGradient', inputs, 'x', 'dy')
    expectAxes('conv2dKernelGradient', 'x', x, 'N H W C')
    expectAxes('conv2dKernelGradient', 'dy', dy, "N H' W' K")
    const kernel = [...window.kernel, x[3]!, dy[3]!]
    expectShape('conv2dKernelGradient', 'dy', dy, convolved('conv2dKernelGradient', window, x, kernel))
    return kernel
  },
  meaning(window, inputs, shapes, output) {
    const [x, dy] = take('conv2dKernelGradient', inputs, 'x', 'dy')
    const [, , C, K] = output as Kernel
    const dkernel = new Float64Array(sizeOf(output))
    eachTap(window, shapes[0]!, shapes[1]!, (from, to, tap) => {
      for (let c = 0; c < C; c++) addScaled(dkernel, (tap * C + c) * K, x[from * C + c]!, dy, to * K, K)
    })
    return dkernel
  },
  gradient: null,
}

type Kernel = readonly [R: number, S: number, C: number, K: number]

/** The shape of y for x and kernel. */
function convolved(op: OpName, window: Window2D, x: Shape, kernel: Shape): Shape {
  expectAxes(op, 'x', x, 'N H W C')
  expectAxes(op, 'kernel', kernel, 'R S C K')
  expectShape(op, 'the kernel’s window', kernel.slice(0, 2), window.kernel)
  if (x[3] !== kernel[2])
    throw new ShapeError(
      `${op}: the kernel ${formatShape(kernel)} takes ${kernel[2]} channels, but x ${formatShape(x)} has ${x[3]}.`,
    )
  return [x[0]!, ...windowOutput([x[1]!, x[2]!], window), kernel[3]!]
}

/** y[yAt …] += factor · x[xAt …], `length` numbers. */
function addScaled(
  y: Float64Array,
  yAt: number,
  factor: number,
  x: Float64Array,
  xAt: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) y[yAt + i]! += factor * x[xAt + i]!
}

function innerProduct(a: Float64Array, aAt: number, b: Float64Array, bAt: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += a[aAt + i]! * b[bAt + i]!
  return sum
}
