import { OptionError, ShapeError } from '../base/errors.js'
import { refuseUnknownOptions } from '../base/nearest.js'
import type { Rows } from '../base/rows.js'
import { formatShape, type Shape, sizeOf } from '../base/shape.js'
import { Tensor } from '../base/tensor.js'
import type { LayerCall } from '../nn/calls.js'
import { lastConvolutionOutput } from '../nn/convolutions.js'
import type { Network } from '../nn/network.js'
import { callNamed, computingCalls } from './activations.js'
import { batchesOf, runBatches } from './batches.js'
import { checkInput } from './checks.js'
import { largestOfRows } from './evaluate.js'
import { networkTitle } from './network-title.js'
import { checkWhole } from './option-checks.js'
import { predictRows } from './predict.js'
import type { Session } from './session.js'
import { gradientOf, outputOf, predictionOutput, recordAttention, scoreOutput, stepInput } from './step.js'
import type { StepRecipe } from './step-recipe.js'

export interface AttentionOptions {
  /** For each row the class whose score is looked into [N], from 0. Default: the class each row is taken for. */
  readonly classes?: ArrayLike<number>
  /** A layer whose output is a picture [h, w, K]. Default: the last convolution, with its normalization and activation. */
  readonly layer?: string
  /** Rows of one step. Default 32; the results do not depend on it. */
  readonly batchSize?: number
  /** Threads that compute, one for each core at most. Default: as before, at first as many. */
  readonly threads?: number
}

/** How the scores of some classes hang on what a layer saw. */
export interface Attention {
  readonly layer: string
  /** The class that was looked into, for each row [N]. */
  readonly classes: Int32Array
  /** The output A of the layer [N, h, w, K]. */
  readonly maps: Tensor<Float32Array>
  /** The gradient of each row's score with respect to A [N, h, w, K]. */
  readonly gradients: Tensor<Float32Array>
  /** What the network finds for each class [N, C]: before the softmax at its end, where there is one. */
  readonly scores: Tensor<Float32Array>
  /** What `predict` says [N, C]. */
  readonly predictions: Tensor<Float32Array>
}

/** What was asked for; `classes` null: those the rows are taken for. */
interface AttentionRequest {
  readonly call: LayerCall
  readonly classes: Int32Array | null
  readonly batchSize: number
}

/** Fills in defaults and refuses what nothing can be seen of. */
export function attentionRequest(network: Network, x: Rows, options: AttentionOptions): AttentionRequest {
  refuseUnknownOptions('attention', options, ['classes', 'layer', 'batchSize', 'threads'])
  const { batchSize = 32, classes, layer } = options
  checkWhole('attention', 'batchSize', batchSize, 1)
  checkInput(network, 'x', x)
  return {
    call: attentionLayer(network, layer),
    classes: classes === undefined ? null : checkedClasses(network, x, classes),
    batchSize,
  }
}

/**
 * The layer in whose output attention is looked for.
 *
 * @throws OptionError where there is nothing to see: a network without convolution, a layer whose output is no picture
 */
export function attentionLayer(network: Network, name?: string): LayerCall {
  if (name === undefined) return lastConvolutionOutput(network) ?? refuseWithout(network)
  const calls = computingCalls(network)
  const call = callNamed(calls, name)
  if (call.outputShape.length === 3) return call
  const pictures = calls.filter(({ outputShape }) => outputShape.length === 3).map(({ name }) => name)
  throw new OptionError(
    `The output of "${name}" is ${formatShape(call.outputShape)}, no picture: it does not say where something is.`,
    pictures.length > 0 ? `Layers with pictures: ${pictures.join(', ')}.` : undefined,
  )
}

function refuseWithout(network: Network): never {
  throw new OptionError(
    `${networkTitle(network)} has no convolution: no layer keeps the places of a picture, so there is no map of where it looks.`,
    'Take a network with a conv2d layer, for example "fovea train shapes --model small".',
  )
}

/** Scores, gradients and maps of all rows. */
export async function attentionOfRows(
  session: Session,
  x: Rows,
  request: AttentionRequest,
): Promise<Attention> {
  const { call, batchSize } = request
  const { network } = session.setup
  const classes = request.classes ?? (await likeliest(session, x, batchSize))
  const attention = emptyAttention(call, classes, x.rows, network.outputShape)
  const batches = batchesOf(network, { x, y: oneHot(classes, sizeOf(network.outputShape)) }, batchSize)
  const beside = () => ({ [stepInput.one]: Float32Array.of(1) })
  for await (const { step, outputs } of runBatches(session, attentionRecipe(network, call), batches, {
    beside,
  })) {
    const keep = ({ data, shape }: Tensor<Float32Array>, name: string) =>
      data.set(outputs[name]!, step * batchSize * sizeOf(shape.slice(1)))
    keep(attention.maps, outputOf(call.name))
    keep(attention.gradients, gradientOf(call.name))
    keep(attention.scores, scoreOutput)
    keep(attention.predictions, predictionOutput)
  }
  return attention
}

/** Written out, because for a network with a single output class numbers would count as values. */
function oneHot(classes: Int32Array, width: number): Tensor<Float32Array> {
  const rows = new Float32Array(classes.length * width)
  classes.forEach((label, row) => {
    rows[row * width + label] = 1
  })
  return new Tensor(rows, [classes.length, width])
}

const attentionRecipe = (network: Network, { name }: LayerCall): StepRecipe => ({
  key: `attention/${name}`,
  what: `a step that looks into "${name}"`,
  record: rows => recordAttention(network, name, rows),
})

function emptyAttention(call: LayerCall, classes: Int32Array, rows: number, output: Shape): Attention {
  const empty = (shape: Shape) => new Tensor(new Float32Array(rows * sizeOf(shape)), [rows, ...shape])
  return {
    layer: call.name,
    classes,
    maps: empty(call.outputShape),
    gradients: empty(call.outputShape),
    scores: empty(output),
    predictions: empty(output),
  }
}

const likeliest = async (session: Session, x: Rows, batchSize: number): Promise<Int32Array> =>
  largestOfRows((await predictRows(session, x, batchSize)).data, x.rows)

/** One class for each row, each of them one that the network knows. */
function checkedClasses(network: Network, x: Rows, classes: ArrayLike<number>): Int32Array {
  if (classes.length !== x.rows)
    throw new ShapeError(
      `attention: x has ${x.rows} rows, but ${classes.length} classes came.`,
      'Give one class for every row of x.',
    )
  const known = sizeOf(network.outputShape)
  const stranger = Array.from(classes).find(
    label => !(Number.isInteger(label) && label >= 0 && label < known),
  )
  if (stranger !== undefined)
    throw new OptionError(
      `attention: ${networkTitle(network)} knows the classes 0 … ${known - 1}, but ${stranger} came.`,
    )
  return Int32Array.from(classes)
}
