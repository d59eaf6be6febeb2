import { FoveaError } from '../base/errors.js'
import type { Rows } from '../base/rows.js'
import { sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import { gatherRows } from '../data/batch.js'
import { adaptedWeights, adaptingCalls } from '../nn/adapting.js'
import type { LayerCall } from '../nn/calls.js'
import { activationsOfRows } from './activations.js'
import type { Session } from './session.js'

/** Rows that a layer is adapted to at most: statistics of so few numbers do not get better with more, only later. */
const mostRows = 2000
/** Numbers that a layer is adapted to at most (64 MB), so that large pictures fit in memory. */
const mostNumbers = 2 ** 24

/**
 * Lets every layer that computes weights from data see some of the rows of `x`, one after the other, for a later
 * one sees what an earlier one makes of them.
 *
 * @param again also those that have been adapted before
 */
export async function adaptLayers(session: Session, x: Rows, again: boolean): Promise<void> {
  for (const call of adaptingCalls(session.setup.network.calls)) {
    if (!again && isAdapted(session, call)) continue
    const numbers = call.layer.adapt!(await seenBy(session, call, x))
    for (const [name, values] of Object.entries(numbers)) checkFinite(call, name, values)
    writeWeights(session, call, numbers)
  }
}

/** Refuses a network in which a layer is still to be adapted: what it says would mean nothing. */
export function refuseUnadapted(session: Session): void {
  const call = adaptingCalls(session.setup.network.calls).find(call => !isAdapted(session, call))
  if (!call) return
  const names = adaptedWeights(call).map(({ spec }) => spec.name)
  throw new FoveaError(
    `${titleOf(call)} has not been adapted to data: its ${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} all zeros.`,
    'Call await model.adapt(x) with training pictures first; fit does it by itself.',
  )
}

const isAdapted = (session: Session, call: LayerCall): boolean =>
  adaptedWeights(call).some(({ name }) => session.device.read(name).some(value => value !== 0))

/** What the layer in front of `call` makes of some rows of `x`. */
async function seenBy(session: Session, call: LayerCall, x: Rows): Promise<Tensor<Float32Array>> {
  const { network } = session.setup
  const front = network.calls[call.inputs[0]!]!
  const rows = someRows(x.rows, Math.max(sizeOf(front.outputShape), sizeOf(network.inputShape)))
  const pictures = new Tensor(gatherRows(x, rows), [rows.length, ...network.inputShape])
  if (front.inputs.length === 0) return pictures
  const seen = await activationsOfRows(session, pictures, { calls: [front], batchSize: 32 })
  return seen.get(front.name)!
}

/** Rows spread evenly over all: the first ones could all be of one class. */
function someRows(rows: number, length: number): number[] {
  const count = Math.max(1, Math.min(rows, mostRows, Math.floor(mostNumbers / length)))
  return Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
}

function checkFinite(call: LayerCall, weight: string, values: Float32Array): void {
  if (values.every(Number.isFinite)) return
  throw new FoveaError(
    `${titleOf(call)} cannot be adapted: computed from this data, its ${weight} is not finite.`,
    'Look for NaN and infinite values in x.',
  )
}

function writeWeights(
  session: Session,
  call: LayerCall,
  given: Readonly<Record<string, Float32Array>>,
): void {
  const numbers = session.read()
  const weights = new Map(numbers.weights)
  for (const [name, values] of Object.entries(given)) {
    const full = `${call.name}/${name}`
    weights.set(full, new Tensor(values, weights.get(full)!.shape))
  }
  session.write({ ...numbers, weights })
}

const titleOf = ({ layer, name }: LayerCall): string => `${layer.className} "${name}"`
