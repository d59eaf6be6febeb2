import { sizeOf } from '../base/shape.js'
import { differentiate } from '../engine/graph/differentiate.js'
import { Graph } from '../engine/graph/graph.js'
import type { Value } from '../engine/ops/op.js'
import type { Network } from '../nn/network.js'
import type { Regularizer } from '../nn/regularizers.js'
import type { Augmentation } from './augmentation/augmentation.js'
import type { Seen } from './augmentation/part.js'
import type { Compiled } from './compile.js'
import type { WeightGradient } from './optimizers/updates.js'
import { optimizedWeights } from './weights.js'

/** `train`: loss, metrics and update. `evaluate`: loss, metrics and predictions, weights untouched. */
export const stepKinds = ['train', 'evaluate', 'predict'] as const
export type StepKind = (typeof stepKinds)[number]

/** Names under which a step's graph takes what changes from run to run; coefficients come beside them. */
export const stepInput = { x: 'x', target: 'target', one: 'one', randomState: 'randomState' } as const

/** The outputs that are not one value a row: the penalties on weights [1] and what the network says. */
export const penaltyOutput = 'penalty'
export const predictionOutput = 'prediction'

/** Where a judgement takes predictions that are there already. */
export const predictionInput = 'given'

/** What one run computes. */
export class StepGraph extends Graph {
  /** Inputs that have the same numbers at every run. */
  readonly constants: Record<string, Float32Array> = {}

  constant(name: string, values: readonly number[]): Value {
    this.constants[name] = Float32Array.from(values)
    return this.input(name, [values.length])
  }
}

/** The graph of one prediction step: `prediction`, in inference mode. */
export function recordPrediction(network: Network, rows: number): StepGraph {
  const graph = new StepGraph()
  graph.output(predictionOutput, recordForward(graph, network, rows, false))
  return graph
}

/** The graph of one evaluation step: `loss` and each metric as one value a row, `penalty`, `prediction`. */
export function recordEvaluation(network: Network, compiled: Compiled, rows: number): StepGraph {
  const graph = new StepGraph()
  const prediction = recordForward(graph, network, rows, false)
  recordLogs(graph, network, compiled, prediction)
  graph.output(predictionOutput, prediction)
  return graph
}

/** The graph of loss and metrics for predictions that come from elsewhere: a mean over several views of a picture. */
export function recordJudgement(network: Network, compiled: Compiled, rows: number): StepGraph {
  const graph = new StepGraph()
  recordLogs(graph, network, compiled, graph.input(predictionInput, [rows, ...network.outputShape]))
  return graph
}

/** What sets a training step apart from the plain one. */
export interface TrainingVariant {
  readonly augmentation: Augmentation | null
  /** What the loss of each class counts, in class order. */
  readonly classWeight: readonly number[] | null
}

export const plainTraining: TrainingVariant = { augmentation: null, classWeight: null }

/** The graph of one training step: the logs of the batch as it came in, and every weight moved against its gradient. */
export function recordTraining(
  network: Network,
  compiled: Compiled,
  rows: number,
  { augmentation, classWeight }: TrainingVariant = plainTraining,
): StepGraph {
  const graph = new StepGraph()
  const updates = new Map<string, Value>()
  const { x, target } = recordSeen(graph, network, rows, augmentation)
  const prediction = recordForward(graph, network, rows, true, updates, () => undefined, x)
  const loss = recordLogs(graph, network, compiled, prediction, target, classWeight)
  recordUpdates(graph, compiled, recordGradients(graph, network, loss))
  for (const [weight, value] of updates) graph.update(weight, value)
  recordAverages(graph, network, compiled)
  return graph
}

/** The graph that finds out where numbers stop being finite: every layer's output, every gradient, no update. */
export function recordDiagnosis(
  network: Network,
  compiled: Compiled,
  rows: number,
  training: boolean,
  { augmentation, classWeight }: TrainingVariant = plainTraining,
): StepGraph {
  const graph = new StepGraph()
  const visit = (name: string, output: Value) => graph.output(outputOf(name), output)
  const { x, target } = recordSeen(graph, network, rows, augmentation)
  const prediction = recordForward(graph, network, rows, training, new Map(), visit, x)
  const loss = recordLogs(graph, network, compiled, prediction, target, classWeight)
  for (const { name, gradient } of recordGradients(graph, network, loss))
    graph.output(gradientOf(name), gradient)
  return graph
}

/** The graph of what `layers` make of their inputs, in inference mode. What lies behind the last of them is left out. */
export function recordActivations(network: Network, layers: readonly string[], rows: number): StepGraph {
  const graph = new StepGraph()
  const visit = (name: string, output: Value) => {
    if (layers.includes(name)) graph.output(outputOf(name), output)
  }
  recordForward(graph, network, rows, false, new Map(), visit)
  return graph
}

/** Outputs of the attention's graph, beside those of `outputOf` and `gradientOf`. */
export const scoreOutput = 'score'

/**
 * The graph of where a network looks, in inference mode: the output of `layer`, the scores [N, classes] and, for the target
 * [N, classes], the gradient of Σ target · score with respect to that output. Rows do not mix in inference mode, so the
 * gradient of a sum over rows is each row's own. A score is what goes into the softmax at the end, where there is one.
 */
export function recordAttention(network: Network, layer: string, rows: number): StepGraph {
  const graph = new StepGraph()
  const outputs = new Map<string, Value>()
  const visit = (name: string, output: Value) => void outputs.set(name, output)
  const prediction = recordForward(graph, network, rows, false, new Map(), visit)
  const score = logitsOf(graph, prediction) ?? prediction
  const seen = outputs.get(layer)!
  const [gradient] = differentiate(graph, recordChosenScore(graph, score), [seen])
  graph.output(outputOf(layer), seen)
  graph.output(gradientOf(layer), gradient!)
  graph.output(scoreOutput, score)
  graph.output(predictionOutput, prediction)
  return graph
}

/** Σ target · score over all rows [1]. */
function recordChosenScore(graph: Graph, score: Value): Value {
  const target = graph.input(stepInput.target, score.shape)
  const chosen = graph.apply('multiply', {}, [score, target])
  const mean = graph.apply('mean', {}, [chosen])
  return graph.apply('scale', { factor: sizeOf(score.shape) }, [mean])
}

/** What goes into the softmax that made `prediction`; null where it comes from something else. */
function logitsOf(graph: Graph, prediction: Value): Value | null {
  const producer = graph.producers().get(prediction.id)
  return producer?.op === 'softmax' ? producer.inputs[0]! : null
}

/** What graphs call a layer's output, and the gradient of a weight or of an output. */
export const outputOf = (layer: string): string => `output/${layer}`
export const gradientOf = (weight: string): string => `gradient/${weight}`

/** Pictures and labels of a training step, as the network sees them. */
function recordSeen(
  graph: Graph,
  network: Network,
  rows: number,
  augmentation: Augmentation | null,
): Seen & { readonly target: Value } {
  const x = graph.input(stepInput.x, [rows, ...network.inputShape])
  const target = graph.input(stepInput.target, [rows, ...network.outputShape])
  const seen = augmentation?.record(graph, { x, target }) ?? { x, target }
  return { x: seen.x, target: seen.target ?? target }
}

function recordForward(
  graph: StepGraph,
  network: Network,
  rows: number,
  training: boolean,
  updates: Map<string, Value> = new Map(),
  visit: (layer: string, output: Value) => void = () => undefined,
  x = graph.input(stepInput.x, [rows, ...network.inputShape]),
): Value {
  const outputs = network.record(graph, [x], name => weightValue(graph, network, name), {
    training,
    randomState: () => graph.input(stepInput.randomState, [2]),
    constant: (name, values) => graph.constant(name, values),
    update: (weight, value) => updates.set(weight, value),
    visit: (call, output) => call.inputs.length > 0 && visit(call.name, output),
    label: name => {
      graph.label = name
    },
  })
  return outputs[0]!
}

function weightValue(graph: Graph, network: Network, name: string): Value {
  const weight = network.weights.find(weight => weight.name === name)!
  return graph.variable(name, weight.spec.shape)
}

/** Records loss and metrics; returns what is minimised: the mean of the rows' losses plus the penalties [1]. */
function recordLogs(
  graph: StepGraph,
  network: Network,
  { loss, metrics }: Compiled,
  prediction: Value,
  target = graph.input(stepInput.target, prediction.shape),
  classWeight: readonly number[] | null = null,
): Value {
  graph.label = 'loss'
  const asItIs = loss.record(graph, prediction, logitsOf(graph, prediction), target)
  const rowLoss = classWeight ? weighted(graph, asItIs, target, classWeight) : asItIs
  graph.output('loss', rowLoss)
  for (const metric of metrics) graph.output(metric.key, metric.record(graph, prediction, target))
  const mean = graph.apply('mean', {}, [rowLoss])
  const penalty = recordPenalty(graph, network)
  if (!penalty) return mean
  graph.output(penaltyOutput, penalty)
  return graph.apply('add', {}, [mean, penalty])
}

/**
 * The loss of each row [N] times the weight of its class: target · weights, which of a mixed label is the mean of both. Keras
 * multiplies so, too, and logs what comes of it. The target itself stays, because the losses need it to sum to 1.
 */
function weighted(graph: StepGraph, rowLoss: Value, target: Value, classWeight: readonly number[]): Value {
  const weights = graph.constant('classWeight', classWeight)
  const column = graph.apply('reshape', { shape: [classWeight.length, 1] }, [weights])
  const ofRows = graph.apply('matmul', { transposeA: false, transposeB: false }, [target, column])
  return graph.apply('multiply', {}, [rowLoss, graph.apply('reshape', { shape: rowLoss.shape }, [ofRows])])
}

/** Σ l1 · Σ |w| + l2 · Σ w² over the trainable weights that ask for it; null when none does. */
function recordPenalty(graph: Graph, network: Network): Value | null {
  return network.weights
    .filter(({ trainable }) => trainable)
    .flatMap(({ name, spec }) => recordPenalties(graph, spec, graph.variable(name, spec.shape)))
    .reduce<Value | null>((sum, term) => (sum ? graph.apply('add', {}, [sum, term]) : term), null)
}

const recordPenalties = (graph: Graph, { l1 = 0, l2 = 0 }: Regularizer, weight: Value): Value[] => [
  ...(l1 > 0 ? [graph.apply('l1Penalty', { factor: l1 }, [weight])] : []),
  ...(l2 > 0 ? [graph.apply('l2Penalty', { factor: l2 }, [weight])] : []),
]

/** A trainable weight that the loss does not depend on has no gradient and stays as it is. */
function recordGradients(graph: Graph, network: Network, loss: Value): WeightGradient[] {
  const trainable = network.weights.filter(weight => weight.trainable)
  const values = trainable.map(({ name, spec }) => graph.variable(name, spec.shape))
  const gradients = differentiate(graph, loss, values)
  return trainable.flatMap(({ name }, i) => {
    const gradient = gradients[i]
    return gradient ? [{ name, value: values[i]!, gradient }] : []
  })
}

/** After all gradients, because an update overwrites the weight that other gradients may still read. */
function recordUpdates(graph: Graph, { optimizer }: Compiled, gradients: readonly WeightGradient[]): void {
  graph.label = optimizer.name
  optimizer.record(graph, gradients)
}

/** Last of all, when every weight and every moving statistic has its new value. */
function recordAverages(graph: Graph, network: Network, { optimizer }: Compiled): void {
  graph.label = optimizer.name
  const moved = (name: string): Value | null => graph.updates.get(name) ?? null
  const weights = optimizedWeights(network).map(weight => ({ ...weight, value: moved(weight.name) }))
  optimizer.averages?.record(graph, weights)
}
