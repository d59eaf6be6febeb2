import { OptionError } from '../base/errors.js'
import type { Shape } from '../base/shape.js'
import type { LayerCall } from '../nn/calls.js'
import type { OneOrMore } from '../nn/layer.js'
import type { Network } from '../nn/network.js'

/** How the training rows are cut into steps. */
interface Cut {
  readonly rows: number
  readonly batchSize: number
}

/**
 * Refuses steps in which a layer that normalises by the batch would have a single number for a channel: it is its own
 * mean and its variance is 0, so nothing comes out but beta. Steps of one picture with several pixels are possible, but
 * another thing than people expect, so they are noticed.
 */
export function checkBatchStatistics(network: Network, cut: Cut, notice: (sentence: string) => void): void {
  const { rows, batchSize } = cut
  const single = Math.min(rows, batchSize) === 1
  if (!single && rows % batchSize !== 1) return
  for (const call of network.calls) {
    const numbers = call.layer.batchStatistics(call.inputShapes as OneOrMore<Shape>)
    if (numbers === 1) throw refusal(call, cut)
    if (numbers !== null && single) {
      notice(instanceNotice(call))
      return
    }
  }
}

const refusal = (call: LayerCall, cut: Cut): OptionError => {
  const { rows, batchSize } = cut
  const which =
    rows === 1
      ? 'there is only one row to train on'
      : batchSize === 1
        ? 'batchSize is 1'
        : `the last batch of an epoch has one row (${rows} rows in batches of ${batchSize})`
  return new OptionError(
    `${titleOf(call)} normalises by the mean and variance of a batch, which of a single number say nothing, but ${which}.`,
    rows === 1
      ? 'Give at least two rows, or leave the layer out.'
      : `Use batchSize: ${suitable(cut)}, or leave the layer out.`,
  )
}

/** The nearest batch size that leaves no single row: smaller ones first, for they need no more memory. */
function suitable({ rows, batchSize }: Cut): number {
  const fits = (size: number) => size > 1 && rows % size !== 1
  for (let size = batchSize; size > 1; size--) if (fits(size)) return size
  let size = Math.max(2, batchSize)
  while (!fits(size)) size++
  return size
}

const instanceNotice = (call: LayerCall): string =>
  `${titleOf(call)} normalises by the statistics of a batch. In steps of one row these are each picture's own, unlike the moving ` +
  'ones with which the model is measured: expect validation to lag, or use a larger batchSize.'

const titleOf = ({ layer, name }: LayerCall): string => `${layer.className} "${name}"`
