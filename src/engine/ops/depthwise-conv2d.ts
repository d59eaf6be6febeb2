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
 * Convolution of every channel by itself, with D kernels of its own: channel c makes the output's channels c·D … c·D+D-1,
 * in Keras' and TensorFlow's order. So the kernel [R,S,C,D] is, read row by row, [R,S,C·D], as the output's channels lie.
 */
export const depthwiseConv2d: Op<'depthwiseConv2d'> = {
  shape(attributes, inputs) {
    const [x, kernel, bias] = takeProduct('depthwiseConv2d', inputs, attributes.epilogue, ['x', 'kernel'])
    const output = convolved('depthwiseConv2d', attributes, x, kernel)
    expectBias('depthwiseConv2d', bias, output.at(-1)!)
    return output
  },
  meaning(attributes, inputs, shapes, output) {
    const [x, kernel, bias] = takeProduct('depthwiseConv2d', inputs, attributes.epilogue, ['x', 'kernel'])
    const y = new Float64Array(sizeOf(output))
    eachProduct(attributes, shapes[0]!, output, (from, to, weight) => {
      y[to]! += x[from]! * kernel[weight]!
    })
    return applyEpilogue(y, output.at(-1)!, attributes.epilogue, bias)
  },
  gradient(record, { attributes, inputs }, dy) {
    const { epilogue, ...window } = attributes
    expectUnfused('depthwiseConv2d', epilogue)
    const [x, kernel] = take('depthwiseConv2d', inputs, 'x', 'kernel')
    return [
      record.apply('depthwiseConv2dInputGradient', { ...window, inputShape: x.shape }, [dy, kernel]),
      record.apply('depthwiseConv2dKernelGradient', window, [x, dy]),
    ]
  },
}

/** What each output cell owes to each input cell: dx[c] = Σ dy[c·D + d] · kernel[c, d] over all taps and all d. */
export const depthwiseConv2dInputGradient: Op<'depthwiseConv2dInputGradient'> = {
  shape(attributes, inputs) {
    const op = 'depthwiseConv2dInputGradient'
    const [dy, kernel, x] = takeGradient(attributes, inputs)
    if (x) expectShape(op, 'x', x, attributes.inputShape)
    expectShape(op, 'dy', dy, convolved(op, attributes, attributes.inputShape, kernel))
    return attributes.inputShape
  },
  meaning(attributes, inputs, shapes, output) {
    const [dy, kernel, x] = takeGradient(attributes, inputs)
    const dx = new Float64Array(sizeOf(output))
    eachProduct(attributes, output, shapes[0]!, (to, from, weight) => {
      dx[to]! += dy[from]! * kernel[weight]!
    })
    return throughRelu(dx, x)
  },
  gradient: null,
}

function takeGradient<T>(attributes: ThroughRelu, inputs: readonly T[]): readonly [T, T, T?] {
  const op = 'depthwiseConv2dInputGradient'
  return attributes.throughRelu ? take(op, inputs, 'dy', 'kernel', 'x') : take(op, inputs, 'dy', 'kernel')
}

/** What each kernel number did: dkernel[c, d] = Σ x[c] · dy[c·D + d] over all places the tap was at. */
export const depthwiseConv2dKernelGradient: Op<'depthwiseConv2dKernelGradient'> = {
  shape(window, inputs) {
    const op = 'depthwiseConv2dKernelGradient'
    const [x, dy] = take(op, inputs, 'x', 'dy')
    expectAxes(op, 'x', x, 'N H W C')
    expectAxes(op, 'dy', dy, "N H' W' C·D")
    if (dy[3]! % x[3]! !== 0)
      throw new ShapeError(
        `${op}: dy ${formatShape(dy)} must have a multiple of the ${x[3]} channels of x ${formatShape(x)}.`,
      )
    const kernel = [...window.kernel, x[3]!, dy[3]! / x[3]!]
    expectShape(op, 'dy', dy, convolved(op, window, x, kernel))
    return kernel
  },
  meaning(window, inputs, shapes, output) {
    const [x, dy] = take('depthwiseConv2dKernelGradient', inputs, 'x', 'dy')
    const dkernel = new Float64Array(sizeOf(output))
    eachProduct(window, shapes[0]!, shapes[1]!, (from, to, weight) => {
      dkernel[weight]! += x[from]! * dy[to]!
    })
    return dkernel
  },
  gradient: null,
}

/** The shape of y for x and kernel. */
function convolved(op: OpName, window: Window2D, x: Shape, kernel: Shape): Shape {
  expectAxes(op, 'x', x, 'N H W C')
  expectAxes(op, 'kernel', kernel, 'R S C D')
  expectShape(op, 'the kernel’s window', kernel.slice(0, 2), window.kernel)
  if (x[3] !== kernel[2])
    throw new ShapeError(
      `${op}: the kernel ${formatShape(kernel)} is for ${kernel[2]} channels, but x ${formatShape(x)} has ${x[3]}.`,
    )
  return [x[0]!, ...windowOutput([x[1]!, x[2]!], window), x[3]! * kernel[3]!]
}

/** Calls `visit` for every product there is, with the places of its numbers in x [N,H,W,C], y [N,H',W',C·D] and the kernel. */
function eachProduct(
  window: Window2D,
  x: Shape,
  y: Shape,
  visit: (input: number, output: number, weight: number) => void,
): void {
  const [C, outputs] = [x[3]!, y[3]!]
  const D = outputs / C
  eachTap(window, x, y, (from, to, tap) => {
    for (let k = 0; k < outputs; k++) visit(from * C + Math.floor(k / D), to * outputs + k, tap * outputs + k)
  })
}
