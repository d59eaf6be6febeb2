import type { Rows } from '../base/rows.js'
import type { Shape } from '../base/shape.js'
import type { LayerCall } from '../nn/calls.js'
import { type ActivationOptions, callNamed, computingCalls } from '../train/activations.js'
import type { Model } from '../train/model.js'

export interface LayerActivityOptions extends ActivationOptions {
  /** How many pictures to look at: the first of `x`. Default 500. */
  readonly pictures?: number
}

/** What a layer makes of many pictures. */
export interface LayerActivity {
  readonly layer: string
  /** Keras' class name: `Conv2D`. */
  readonly className: string
  /** Of its output, without the batch axis. */
  readonly shape: Shape
  /** The smallest and the largest number it made. */
  readonly range: readonly [low: number, high: number]
  /** Filters or units: the length of its last axis. */
  readonly filters: number
  /** The filters that made 0 everywhere on every picture; null for layers that do not end in relu. */
  readonly dead: readonly number[] | null
}

/**
 * What layers make of some pictures [N, …inputShape]: the range of their numbers and, where they end in relu, which of their
 * filters are dead. A filter is called dead when it is 0 at every place of every picture; then relu's slope is 0 there, too,
 * and training cannot wake it up with such pictures.
 *
 * Memory holds one batch at a time.
 */
export async function layerActivity(
  model: Model,
  x: Rows,
  { pictures = 500, ...options }: LayerActivityOptions = {},
): Promise<LayerActivity[]> {
  const computing = computingCalls(model.network)
  const calls = options.layers?.map(name => callNamed(computing, name)) ?? computing
  const folds = calls.map(call => new ActivityFold(call))
  const sample = x.slice(0, Math.min(pictures, x.rows))
  for await (const { activations } of model.activationBatches(sample, options))
    for (const fold of folds) fold.add(activations.get(fold.call.name)!.data)
  return folds.map(fold => fold.result())
}

/** The share of dead filters; null for a layer that does not end in relu. */
export const deadShare = ({ dead, filters }: LayerActivity): number | null => dead && dead.length / filters

/** Whether the last thing a layer does is to cut off what is below 0. */
const endsInRelu = ({ layer: { options } }: LayerCall): boolean =>
  'activation' in options && options.activation === 'relu'

/** Smallest, largest, and the largest of each filter, over all that came. */
class ActivityFold {
  private low = Number.POSITIVE_INFINITY
  private readonly highs: Float32Array

  constructor(readonly call: LayerCall) {
    this.highs = new Float32Array(call.outputShape.at(-1)!).fill(Number.NEGATIVE_INFINITY)
  }

  add(values: Float32Array): void {
    const highs = this.highs
    for (let i = 0; i < values.length; ) {
      for (let filter = 0; filter < highs.length; filter++, i++) {
        const value = values[i]!
        if (value < this.low) this.low = value
        if (value > highs[filter]!) highs[filter] = value
      }
    }
  }

  result(): LayerActivity {
    const { call, low } = this
    const highs = this.highs
    // What a relu makes is never below 0: a filter whose largest number is 0 made nothing else.
    const dead = Array.from(highs.keys()).filter(filter => highs[filter] === 0)
    return {
      layer: call.name,
      className: call.layer.className,
      shape: call.outputShape,
      range: [low, highs.reduce((most, value) => Math.max(most, value))],
      filters: highs.length,
      dead: endsInRelu(call) ? dead : null,
    }
  }
}
