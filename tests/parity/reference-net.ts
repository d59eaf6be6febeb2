import type { Backend, DeviceOptions, Values } from '../../src/engine/backends/backend.js'
import { differentiate } from '../../src/engine/graph/differentiate.js'
import { Graph } from '../../src/engine/graph/graph.js'
import type { Value } from '../../src/engine/ops/op.js'
import { padFor } from '../../src/engine/ops/window.js'
import type { ParityCase } from './cases.js'

/** What the reference network's training gives, by the names of the case's tensors. */
export interface TrainedNet {
  /** Logits, loss and gradients of the first step. */
  readonly first: Values
  readonly losses: Float32Array
  readonly after: Values
}

/** The convolutions' and dense layers' order, a pool after every second convolution but the last. */
const layers = [
  'conv',
  'conv',
  'pool',
  'conv',
  'conv',
  'pool',
  'conv',
  'conv',
  'dense',
  'dense',
  'dense',
] as const

/** Trains the network of the case for its five steps of SGD with momentum, on any backend. */
export async function trainReferenceNet(
  { config, tensors }: ParityCase,
  backend: Backend,
  options?: DeviceOptions,
): Promise<TrainedNet> {
  const data = (name: string) => tensors.get(name)!.data
  const graph = trainingStep(name => tensors.get(name)!.shape)
  const variables = graph.sources
    .filter(source => source.kind === 'variable')
    .map(({ name, value }) => ({ name, shape: value.shape }))
  const weights = variables.map(({ name }) => name).filter(name => tensors.has(name))
  const device = await backend.open(variables, options)
  for (const name of weights) device.write(name, data(name))
  const program = await device.compile(graph)
  const inputs = {
    x: data('x'),
    target: data('target'),
    one: Float32Array.of(1),
    velocity: Float32Array.of(config.momentum!, -config.learningRate!),
    sum: Float32Array.of(1, 1),
  }
  const runs: Values[] = []
  while (runs.length < config.steps!) runs.push(await program.run(inputs))
  const after = weights.map(name => [`${name}.after${config.steps}`, device.read(name)] as const)
  device.close()
  return {
    first: runs[0]!,
    losses: Float32Array.from(runs, run => run.loss![0]!),
    after: Object.fromEntries(after),
  }
}

/** v ← momentum · v - rate · gradient, w ← w + v, for every weight. */
function trainingStep(shape: (tensor: string) => readonly number[]): Graph {
  const graph = new Graph()
  const weights: Value[] = []
  const weight = (name: string) => weights[weights.push(graph.variable(name, shape(name))) - 1]!
  const logits = network(graph, graph.input('x', shape('x')), weight)
  const losses = graph.apply('softmaxCrossEntropy', {}, [logits, graph.input('target', shape('target'))])
  const loss = graph.apply('mean', {}, [losses])
  graph.output('logits', logits)
  graph.output('loss', loss)
  differentiate(graph, loss, weights).forEach((gradient, i) => {
    descend(graph, graph.sources.find(source => source.value === weights[i])!.name, weights[i]!, gradient!)
  })
  return graph
}

function network(graph: Graph, x: Value, weight: (name: string) => Value): Value {
  let number = 0
  const rectified = (value: Value) => graph.apply('activation', { kind: 'relu', alpha: 0 }, [value])
  const kernelAndBias = () => {
    const name = `layer${number++}`
    return [weight(`${name}.kernel`), weight(`${name}.bias`)] as const
  }
  return layers.reduce((value, layer, i) => {
    if (layer === 'pool') return pool(graph, value)
    const [kernel, bias] = kernelAndBias()
    const sums = layer === 'conv' ? convolve(graph, value, kernel) : multiply(graph, value, kernel)
    const biased = graph.apply('biasAdd', {}, [sums, bias])
    return i === layers.length - 1 ? biased : rectified(biased)
  }, x)
}

const unit = [1, 1] as const

function convolve(graph: Graph, x: Value, kernel: Value): Value {
  const window = { kernel: [3, 3] as const, strides: unit, dilation: unit }
  const pad = padFor([x.shape[1]!, x.shape[2]!], window, 'same')
  return graph.apply('conv2d', { ...window, pad }, [x, kernel])
}

function pool(graph: Graph, x: Value): Value {
  const window = { kernel: [2, 2] as const, strides: [2, 2] as const, dilation: unit }
  const pad = { top: 0, bottom: 0, left: 0, right: 0 }
  return graph.apply('pool2d', { ...window, pad, kind: 'max' }, [x])
}

/** The product of a dense layer; pictures are flattened first. */
function multiply(graph: Graph, x: Value, kernel: Value): Value {
  const rows = graph.apply('reshape', { shape: [x.shape[0]!, kernel.shape[0]!] }, [x])
  return graph.apply('matmul', { transposeA: false, transposeB: false }, [rows, kernel])
}

function descend(graph: Graph, name: string, weight: Value, gradient: Value): void {
  graph.output(`${name}.gradient`, gradient)
  const slot = `velocity/${name}`
  const before = graph.variable(slot, weight.shape)
  const velocity = graph.apply('combine', { square: false }, [before, gradient, graph.input('velocity', [2])])
  const moved = graph.apply('combine', { square: false }, [weight, velocity, graph.input('sum', [2])])
  graph.update(slot, velocity)
  graph.update(name, moved)
}
