import { ShapeError } from '../base/errors.js'
import { isRecord } from '../base/record.js'
import type { Rows } from '../base/rows.js'
import { formatShape, sameShape, sizeOf } from '../base/shape.js'
import type { Tensor } from '../base/tensor.js'
import { areClassNumbers } from '../data/labels.js'
import type { Network } from '../nn/network.js'
import type { Part } from './batches.js'
import type { Compiled } from './compile.js'
import { networkTitle } from './network-title.js'

/** Refuses pictures that are not of the network's input shape. */
export function checkInput(network: Network, name: string, x: Rows): void {
  if (network.inputs.length !== 1 || network.outputs.length !== 1)
    throw new ShapeError(
      `${networkTitle(network)} has ${network.inputs.length} inputs and ${network.outputs.length} outputs, but it can be run with one of each only.`,
      'Join the branches with concatenate or add.',
    )
  checkTensor(network, name, x)
  const came = x.shape.slice(1)
  if (!sameShape(came, network.inputShape))
    throw new ShapeError(
      `${networkTitle(network)} takes ${formatShape(network.inputShape)} per sample, but ${name} has ${formatShape(came)} (${name} is ${formatShape(x.shape)}).`,
      `Reshape ${name}, or set inputShape: [${came.join(', ')}] in the first layer.`,
    )
  if (x.rows === 0)
    throw new ShapeError(`${networkTitle(network)}: ${name} has no rows.`, 'Give at least one.')
}

/** Lists and bare typed arrays have no shape. */
function checkTensor(network: Network, name: string, given: unknown): void {
  if (isRecord(given) && Array.isArray(given.shape) && typeof given.slice === 'function') return
  throw new ShapeError(
    `${networkTitle(network)}: ${name} must be a Tensor, but ${kindOf(given)} came.`,
    'Make one: new Tensor(Float32Array.from(numbers), [rows, …]).',
  )
}

function kindOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list'
  return isRecord(given) ? `a ${given.constructor?.name ?? 'thing without a name'}` : String(given)
}

/** Refuses pictures and labels that do not belong together, or do not fit the network and its loss. */
export function checkPart(
  network: Network,
  compiled: Compiled,
  part: Part,
  names: readonly [string, string],
): void {
  const [xName, yName] = names
  checkInput(network, xName, part.x)
  checkTensor(network, yName, part.y)
  if (part.x.rows !== part.y.rows)
    throw new ShapeError(
      `${networkTitle(network)}: ${xName} has ${part.x.rows} rows, but ${yName} has ${part.y.rows}.`,
      `Give one row of ${yName} for every row of ${xName}.`,
    )
  const width = sizeOf(network.outputShape)
  if (areClassNumbers(part.y, width)) checkClassNumbers(network, yName, part.y, width)
  else checkTargets(network, compiled, yName, part.y)
}

function checkClassNumbers(network: Network, name: string, y: Tensor, width: number): void {
  let largest = 0
  y.data.forEach((label, row) => {
    if (!Number.isInteger(label) || label < 0)
      throw new ShapeError(
        `${name}: row ${row} has the label ${label}, but a class is a whole number from 0 on.`,
        'Number the classes from 0.',
      )
    largest = Math.max(largest, label)
  })
  if (largest >= width) throw headError(network, largest + 1)
}

function checkTargets(network: Network, { loss }: Compiled, name: string, y: Tensor): void {
  const came = y.shape.slice(1)
  const rowShape = network.outputShape
  const oneHot = came.length === 1 && rowShape.length === 1
  if (loss.name === 'sparseCategoricalCrossentropy' && sizeOf(came) === 1 && sizeOf(rowShape) === 1)
    throw new ShapeError(
      `${headTitle(network)} makes 1 value per sample, but loss "sparseCategoricalCrossentropy" takes one for each class.`,
      'Set units to the number of classes, 2 at least.',
    )
  if (loss.name === 'sparseCategoricalCrossentropy')
    throw new ShapeError(
      `Loss "sparseCategoricalCrossentropy" takes one class number per sample, but ${name} is ${formatShape(y.shape)}.`,
      'Use the loss "categoricalCrossentropy" for one-hot labels.',
    )
  if (sizeOf(came) !== sizeOf(rowShape)) {
    if (oneHot && loss.name !== 'meanSquaredError') throw headError(network, came[0]!)
    throw new ShapeError(
      `${headTitle(network)} makes ${formatShape(rowShape)} per sample, but ${name} has ${formatShape(came)}.`,
      'Make the last layer and the targets of one shape.',
    )
  }
  const row = y.data.findIndex(value => !Number.isFinite(value))
  if (row >= 0)
    throw new ShapeError(
      `${name}: row ${Math.floor(row / sizeOf(came))} holds ${y.data[row]}, which is no finite number.`,
      'Leave such rows out.',
    )
}

function headTitle(network: Network): string {
  const { layer, name } = network.calls[network.outputs[0]!]!
  return `${layer.className} "${name}"`
}

const headError = (network: Network, classes: number): ShapeError =>
  new ShapeError(
    `${headTitle(network)} makes ${sizeOf(network.outputShape)} values per sample, but the labels have ${classes} classes.`,
    `Set units: ${classes}, or check the labels.`,
  )
