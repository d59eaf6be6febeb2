import { formatCount, formatMillions, formatPercent } from '../base/format.js'
import { type Shape, sizeOf } from '../base/shape.js'
import type { LayerCall } from '../nn/calls.js'
import type { LayerWindow } from '../nn/layer-window.js'
import type { Network } from '../nn/network.js'
import { bytesPerNumber, overviewOf } from '../nn/summary/overview.js'
import type { LayerShare } from './diagnosis/input.js'
import { formulaOf } from './shape-formula.js'

/** What is counted for each layer, and for the whole network. */
export interface LayerCosts {
  /** Numbers in its weights. */
  readonly parameters: number
  /** Multiply-adds of one picture in products. */
  readonly multiplyAdds: number
  /** Bytes of the output for one picture. */
  readonly bytes: number
}

/** One layer of a chain of shapes. */
export interface ShapeChainRow extends LayerCosts {
  readonly name: string
  readonly className: string
  readonly isInput: boolean
  /** Names of the layers it stands behind; several for layers that join. */
  readonly from: readonly string[]
  /** Without the batch axis. */
  readonly inputs: readonly Shape[]
  readonly output: Shape
  /** What it moves over its input; null for layers without a window. */
  readonly window: LayerWindow | null
  /** `32 − 5 + 1 = 28`; null where nothing is reckoned. */
  readonly formula: string | null
  /** Of the whole network, 0 … 1; 0 where the network has none. */
  readonly shares: LayerCosts
}

/** How sizes change from layer to layer, and what each layer costs. */
export interface ShapeChain {
  readonly name: string
  /** Inputs included, in an order in which they can run. */
  readonly rows: readonly ShapeChainRow[]
  readonly totals: LayerCosts
  /** Where the parameters sit against where the work is done, in a sentence or two. */
  readonly sentence: string
}

const costNames = ['parameters', 'multiplyAdds', 'bytes'] as const

/** The chain of shapes of a network. */
export function shapeChain(network: Network): ShapeChain {
  // A summary leaves out the input of a Sequential; here the picture is where the chain begins.
  const overview = new Map(overviewOf(network).rows.map(row => [row.name, row]))
  const costs = network.calls.map(({ name, outputShape }) => {
    const { params = 0, multiplyAdds = 0 } = overview.get(name) ?? {}
    return { parameters: params, multiplyAdds, bytes: sizeOf(outputShape) * bytesPerNumber }
  })
  const totals = fromCosts(cost => costs.reduce((sum, row) => sum + row[cost], 0))
  const rows = network.calls.map((call, i) => rowOf(call, network, costs[i]!, totals))
  return { name: network.name, rows, totals, sentence: whereItGoes(rows, totals) }
}

/** How much of the parameters each layer holds, inputs included: what `diagnose` takes as `costs`. */
export const layerShares = (network: Network): LayerShare[] =>
  shapeChain(network).rows.map(({ name, className, shares }) => ({
    name,
    className,
    share: shares.parameters,
  }))

const fromCosts = (value: (cost: keyof LayerCosts) => number): LayerCosts =>
  Object.fromEntries(costNames.map(cost => [cost, value(cost)])) as unknown as LayerCosts

const rowOf = (call: LayerCall, network: Network, costs: LayerCosts, totals: LayerCosts): ShapeChainRow => ({
  name: call.name,
  className: call.layer.className,
  isInput: call.layer.arity === 'none',
  from: call.inputs.map(place => network.calls[place]!.name),
  inputs: call.inputShapes,
  output: call.outputShape,
  window: call.layer.window,
  formula: formulaOf(call),
  ...costs,
  shares: fromCosts(cost => (totals[cost] === 0 ? 0 : costs[cost] / totals[cost])),
})

/** Names the layer with the most parameters and the one with the most multiply-adds. */
function whereItGoes(rows: readonly ShapeChainRow[], totals: LayerCosts): string {
  const memory = largest(rows, 'parameters')
  const work = largest(rows, 'multiplyAdds')
  if (totals.parameters === 0) return 'No layer of this network has parameters.'
  const holds = `${memory.name} holds ${formatPercent(memory.shares.parameters)} of the parameters (${formatCount(memory.parameters)} of ${formatCount(totals.parameters)})`
  if (totals.multiplyAdds === 0) return `${holds}; nothing is multiplied in a convolution or a dense layer.`
  const share = formatPercent(work.shares.multiplyAdds)
  const count = totals.multiplyAdds < 1e7 ? formatCount : formatMillions
  const amount = `(${count(work.multiplyAdds)} of ${count(totals.multiplyAdds)})`
  if (memory === work) return `${holds} and does ${share} of the multiply-adds ${amount}.`
  return [
    `${holds} and does ${formatPercent(memory.shares.multiplyAdds)} of the multiply-adds.`,
    `${work.name} does ${share} of the multiply-adds ${amount} with ${formatPercent(work.shares.parameters)} of the parameters.`,
  ].join(' ')
}

const largest = (rows: readonly ShapeChainRow[], cost: keyof LayerCosts): ShapeChainRow =>
  rows.reduce((most, row) => (row[cost] > most[cost] ? row : most))
