import { sizeOf } from '../../base/shape.js'
import type { OpName } from '../../engine/ops/attributes.js'
import type { KernelPlan } from '../../train/plan.js'

/**
 * One line of a plan: a kernel, or several of a layer that do the same to different numbers. These have no inputs, and as
 * output how many numbers they make together.
 */
export interface PlanLine extends KernelPlan {
  readonly count: number
}

/** What takes the time of a network: each of them has a line of its own. */
const products: readonly OpName[] = [
  'conv2d',
  'conv2dInputGradient',
  'conv2dKernelGradient',
  'depthwiseConv2d',
  'depthwiseConv2dInputGradient',
  'depthwiseConv2dKernelGradient',
  'matmul',
]

export const isProduct = (op: OpName): boolean => products.includes(op)

/**
 * The lines of a plan. An optimizer has a kernel or more for each weight; of such small kernels in a row those that do
 * the same share a line, where the first of them stands.
 */
export function linesOf(kernels: readonly KernelPlan[]): PlanLine[] {
  const lines: PlanLine[] = []
  let first = 0 // line of the layer under way
  for (const kernel of kernels) {
    if (lines[first]?.label !== kernel.label) first = lines.length
    const at = lines.findIndex((line, i) => i >= first && !isProduct(kernel.op) && doSame(line, kernel))
    if (at < 0) lines.push({ count: 1, ...kernel })
    else lines[at] = joined(lines[at]!, kernel)
  }
  return lines
}

const doSame = (line: PlanLine, kernel: KernelPlan): boolean =>
  line.op === kernel.op && line.algorithm === kernel.algorithm

const joined = (line: PlanLine, kernel: KernelPlan): PlanLine => ({
  ...line,
  count: line.count + 1,
  inputs: [],
  output: [sizeOf(line.output) + sizeOf(kernel.output)],
  pieces: line.pieces + kernel.pieces,
  bytes: line.bytes + kernel.bytes,
  flop: line.flop + kernel.flop,
  ...(line.milliseconds !== undefined && { milliseconds: line.milliseconds + kernel.milliseconds! }),
})
