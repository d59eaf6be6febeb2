import { MemoryError } from '../base/errors.js'
import type { Values } from '../engine/backends/backend.js'
import type { Network } from '../nn/network.js'
import type { Session, Step } from './session.js'
import {
  gradientOf,
  outputOf,
  plainTraining,
  recordDiagnosis,
  type StepGraph,
  type TrainingVariant,
} from './step.js'

export interface LargestGradient {
  readonly weight: string
  readonly magnitude: number
}

/** What one look at a batch found. */
export interface Diagnosis {
  /** The first thing that is not finite, in the order of computation; null when everything is. */
  readonly culprit: string | null
  /** The culprit is the data. */
  readonly inData: boolean
  readonly largest: LargestGradient | null
}

/**
 * Computes one batch again without moving any weight, and looks at every number on the way: weights, each layer's
 * output, the loss, the gradients.
 *
 * @param inputs what the step was run with
 */
export async function diagnose(
  session: Session,
  inputs: Values,
  {
    rows,
    training,
    variant = plainTraining,
  }: { readonly rows: number; readonly training: boolean; readonly variant?: TrainingVariant },
): Promise<Diagnosis> {
  const { network, compiled } = session.setup
  const inData = !allFinite(inputs.x!)
  const step = await compileWhereItFits(session, recordDiagnosis(network, compiled!, rows, training, variant))
  const outputs = step ? await session.run(step, inputs) : {}
  const culprit = inData ? 'the pictures of this batch' : firstCulprit(session, outputs)
  return { culprit, inData, largest: largestGradient(network, outputs) }
}

/** Null where it does not: looking at every number takes more memory than the step itself. */
async function compileWhereItFits(session: Session, graph: StepGraph): Promise<Step | null> {
  try {
    return await session.compile(graph)
  } catch (error) {
    if (error instanceof MemoryError) return null
    throw error
  }
}

function firstCulprit(session: Session, outputs: Values): string | null {
  const { network } = session.setup
  for (const [name, { data }] of session.read().weights) if (!allFinite(data)) return `the weight "${name}"`
  for (const { layer, name } of network.calls)
    if (!allFinite(outputs[outputOf(name)] ?? [])) return `the output of ${layer.className} "${name}"`
  if (!allFinite(outputs.loss ?? [])) return 'the loss'
  const weight = network.weights.find(({ name }) => !allFinite(outputs[gradientOf(name)] ?? []))
  return weight ? `the gradient of "${weight.name}"` : null
}

/** The largest finite magnitude in any gradient; null when none is finite. */
function largestGradient(network: Network, outputs: Values): LargestGradient | null {
  let largest: LargestGradient | null = null
  for (const { name } of network.weights)
    for (const value of outputs[gradientOf(name)] ?? []) {
      const magnitude = Math.abs(value)
      if (Number.isFinite(magnitude) && magnitude > (largest?.magnitude ?? -1))
        largest = { weight: name, magnitude }
    }
  return largest
}

export const allFinite = (values: Float32Array | readonly number[]): boolean => values.every(Number.isFinite)
