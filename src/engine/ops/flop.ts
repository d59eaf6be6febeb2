import { type Shape, sizeOf } from '../../base/shape.js'
import type { OpName } from './attributes.js'

/**
 * Multiplications and additions of one application of an op. Products are counted as the field does, two for each
 * multiply-add, taps on padding included; every other op counts one for each number it makes.
 */
export function flopOf(op: OpName, inputs: readonly Shape[], output: Shape): number {
  const [first, second] = inputs as [Shape, Shape]
  switch (op) {
    case 'conv2d':
      return 2 * sizeOf(output) * sizeOf(second.slice(0, 3))
    case 'conv2dInputGradient':
      return 2 * sizeOf(first) * sizeOf(second.slice(0, 3))
    case 'conv2dKernelGradient':
      return 2 * sizeOf(second) * sizeOf(output.slice(0, 3))
    case 'depthwiseConv2d':
      return 2 * sizeOf(output) * sizeOf(second.slice(0, 2))
    case 'depthwiseConv2dInputGradient':
      return 2 * sizeOf(first) * sizeOf(second.slice(0, 2))
    case 'depthwiseConv2dKernelGradient':
      return 2 * sizeOf(second) * sizeOf(output.slice(0, 2))
    case 'matmul':
      return (2 * sizeOf(output) * sizeOf(first)) / output[0]!
    default:
      return sizeOf(output)
  }
}
