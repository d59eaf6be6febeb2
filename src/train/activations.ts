import { refuseUnknownOptions, unknownName } from '../base/nearest.js'
import type { Rows } from '../base/rows.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { LayerCall } from '../nn/calls.js'
import type { Network } from '../nn/network.js'
import { type BatchRun, batchesOf, runBatches } from './batches.js'
import { checkInput } from './checks.js'
import { checkWhole } from './option-checks.js'
import type { Session } from './session.js'
import { outputOf, recordActivations } from './step.js'
import type { StepRecipe } from './step-recipe.js'

export interface ActivationOptions {
  /** Names of layers. Default: all that compute something (an InputLayer does not). */
  readonly layers?: readonly string[]
  /** Rows of one step. Default 32; the results do not depend on it. */
  readonly batchSize?: number
  /** Threads that compute, one for each core at most. Default: as before, at first as many. */
  readonly threads?: number
}

/** What layers make of their inputs, by the layer's name: [N, …shape of its output]. */
export type Activations = ReadonlyMap<string, Tensor<Float32Array>>

/** The activations of rows `from` on. */
export interface ActivationBatch {
  readonly from: number
  readonly activations: Activations
}

/** Layers that were asked for, and rows of a step. */
interface ActivationRequest {
  readonly calls: readonly LayerCall[]
  readonly batchSize: number
}

/** Fills in defaults; refuses pictures that do not fit, and names that no layer has. */
export function activationRequest(network: Network, x: Rows, options: ActivationOptions): ActivationRequest {
  refuseUnknownOptions('activations', options, ['layers', 'batchSize', 'threads'])
  const { batchSize = 32, layers } = options
  checkWhole('activations', 'batchSize', batchSize, 1)
  checkInput(network, 'x', x)
  const computing = computingCalls(network)
  return { calls: layers?.map(name => callNamed(computing, name)) ?? computing, batchSize }
}

/** The activations of batch after batch, so that never more than one of them is in memory. */
export async function* activationBatches(
  session: Session,
  x: Rows,
  { calls, batchSize }: ActivationRequest,
): AsyncGenerator<ActivationBatch, void> {
  const { network } = session.setup
  const recipe = activationRecipe(
    network,
    calls.map(({ name }) => name),
  )
  for await (const run of runBatches(session, recipe, batchesOf(network, { x, y: null }, batchSize)))
    yield { from: run.step * batchSize, activations: activationsOf(run, calls) }
}

/** The activations of all rows. */
export async function activationsOfRows(
  session: Session,
  x: Rows,
  request: ActivationRequest,
): Promise<Map<string, Tensor<Float32Array>>> {
  const all = new Map(request.calls.map(({ name, outputShape }) => [name, empty(x.rows, outputShape)]))
  for await (const { from, activations } of activationBatches(session, x, request))
    for (const [name, { data, shape }] of activations)
      all.get(name)!.data.set(data, from * sizeOf(shape.slice(1)))
  return all
}

/** The layers that have an output of their own, in the order in which they run. */
export const computingCalls = (network: Network): readonly LayerCall[] =>
  network.calls.filter(call => call.inputs.length > 0)

/** The call of that name; for unknown names the nearest is offered. */
export function callNamed(calls: readonly LayerCall[], name: string): LayerCall {
  const found = calls.find(call => call.name === name)
  if (found) return found
  throw unknownName(
    'layer',
    name,
    calls.map(call => call.name),
  )
}

const activationRecipe = (network: Network, layers: readonly string[]): StepRecipe => ({
  key: `activations/${[...layers].sort().join('/')}`,
  what: 'a step that keeps the output of every layer asked for',
  record: rows => recordActivations(network, layers, rows),
})

const activationsOf = ({ rows, outputs }: BatchRun, calls: readonly LayerCall[]): Activations =>
  new Map(
    calls.map(({ name, outputShape }) => [
      name,
      new Tensor(outputs[outputOf(name)]!, [rows, ...outputShape]),
    ]),
  )

const empty = (rows: number, shape: readonly number[]): Tensor<Float32Array> =>
  new Tensor(new Float32Array(rows * sizeOf(shape)), [rows, ...shape])
