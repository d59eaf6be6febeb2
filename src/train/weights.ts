import { OptionError, ShapeError } from '../base/errors.js'
import { unknownName } from '../base/nearest.js'
import { formatShape, type Shape, sameShape, sizeOf } from '../base/shape.js'
import type { Network } from '../nn/network.js'
import type { Tensors } from './checkpoint.js'
import type { Compiled } from './compile.js'
import type { OptimizedWeight } from './optimizers/updates.js'

/** The network's weights as optimizers see them. */
export const optimizedWeights = (network: Network): readonly OptimizedWeight[] =>
  network.weights.map(({ name, spec, trainable }) => ({ name, shape: spec.shape, trainable }))

/** Refuses weights that are not exactly those of the network. */
export function checkWeights(network: Network, weights: Tensors): void {
  const known = new Map(network.weights.map(weight => [weight.name, weight]))
  for (const name of weights.keys())
    if (!known.has(name)) throw unknownName('weight', name, [...known.keys()])
  for (const { name, layer, spec } of network.weights) {
    const came = weights.get(name)
    const who = `${network.calls.find(call => call.name === layer)!.layer.className} "${layer}"`
    if (!came)
      throw new OptionError(`${who} needs the weight "${name}", which did not come.`, 'Give all weights.')
    checkShape(`${who}: the weight "${name}"`, spec.shape, came.shape)
  }
}

/** Refuses optimizer state that this optimizer did not write for this network. */
export function checkSlots(network: Network, { optimizer }: Compiled, slots: Tensors): void {
  for (const slot of optimizedWeights(network).flatMap(weight => optimizer.slots(weight))) {
    const came = slots.get(slot.name)
    if (!came)
      throw new OptionError(
        `${optimizer.name} needs "${slot.name}", which the checkpoint does not hold.`,
        'Compile with the optimizer and options it was trained with.',
      )
    checkShape(`${optimizer.name}: "${slot.name}"`, slot.shape, came.shape)
  }
}

/** Numbers the optimizer holds; the two beside the slots are the step and the learning rate, as Keras counts. */
export const countOptimizerParams = (network: Network, { optimizer }: Compiled): number =>
  optimizedWeights(network)
    .flatMap(weight => optimizer.slots(weight))
    .reduce((sum, slot) => sum + sizeOf(slot.shape), 2)

function checkShape(who: string, expected: Shape, came: Shape): void {
  if (sameShape(expected, came)) return
  throw new ShapeError(
    `${who} must be ${formatShape(expected)}, but ${formatShape(came)} came.`,
    'Use weights of a network with the same layers.',
  )
}
