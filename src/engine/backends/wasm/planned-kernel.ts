import { type Shape, sizeOf } from '../../../base/shape.js'
import type { GraphNode } from '../../graph/graph.js'
import { flopOf } from '../../ops/flop.js'
import type { PlannedKernel } from '../backend.js'
import { FLOAT, type Kernel } from './kernels/kernel.js'

/** A kernel of a plan, and which of the plan's steps are its own: from `first` to before `last`. */
export interface KernelOfPlan {
  readonly kernel: PlannedKernel
  readonly first: number
  readonly last: number
}

/** Describes kernels in order; those without steps (a reshape) compute nothing and are left out. */
export function describeKernels(
  lowered: readonly { readonly node: GraphNode; readonly kernel: Kernel }[],
): KernelOfPlan[] {
  let first = 0
  return lowered
    .map(({ node, kernel }) => {
      const last = first + kernel.steps.length
      const described = { kernel: describe(node, kernel), first, last }
      first = last
      return described
    })
    .filter(({ first, last }) => last > first)
}

function describe({ label, op, inputs, output }: GraphNode, kernel: Kernel): PlannedKernel {
  const shapes = inputs.map(input => input.shape)
  const floats = [...[...shapes, output.shape].map(sizeOf), ...(kernel.temporaries ?? [])]
  return {
    label,
    op,
    algorithm: kernel.algorithm ?? kernel.steps[0]?.name ?? op,
    inputs: shapes,
    output: output.shape,
    pieces: Math.max(0, ...kernel.steps.map(step => step.pieces)),
    bytes: FLOAT * floats.reduce((sum, count) => sum + count, 0),
    flop: flopOf(op, shapes as Shape[], output.shape),
  }
}
