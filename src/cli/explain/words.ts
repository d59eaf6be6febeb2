import type { OpName } from '../../engine/ops/attributes.js'
import type { PlanLine } from './lines.js'

/** Ops that can be computed in more than one way, so that what they are and how it is done are two things. */
const words: Partial<Record<OpName, string>> = {
  conv2d: 'convolution',
  conv2dInputGradient: 'input gradient',
  conv2dKernelGradient: 'kernel gradient',
  depthwiseConv2d: 'depthwise convolution',
  depthwiseConv2dInputGradient: 'depthwise input gradient',
  depthwiseConv2dKernelGradient: 'depthwise kernel gradient',
  matmul: 'matrix product',
  combine: 'update',
  adamStep: 'update',
  rmsStep: 'update',
  lionStep: 'update',
}

/** What a line computes; of most ops the only algorithm says it best: `relu gradient`. */
export function whatOf({ op, algorithm, count }: PlanLine): string {
  const what = words[op] ?? algorithm
  return count === 1 ? what : `${count} × ${what}`
}

/** How; nothing where `whatOf` has said it. */
export const algorithmOf = ({ op, algorithm }: PlanLine): string => (words[op] ? algorithm : '')
