import { type Averages, follow, takeFirst, takeSecond } from './averages.js'
import type { OptimizedWeight } from './updates.js'

export interface EmaSettings {
  readonly momentum: number
  /** Null: only at the end of `fit`. */
  readonly overwriteFrequency: number | null
}

const slotOf = (weight: string): string => `ema/${weight}`

/**
 * The exponential moving average of every trainable weight (Polyak & Juditsky 1992), as in Keras: after the first step it
 * is the weight, after that average ← momentum·average + (1 − momentum)·w. Training goes on with the weights, unless they
 * are overwritten.
 */
export function ema({ momentum, overwriteFrequency }: EmaSettings): Averages {
  return {
    config: () => ({
      useEma: true,
      emaMomentum: momentum,
      ...(overwriteFrequency !== null && { emaOverwriteFrequency: overwriteFrequency }),
    }),
    slots: ({ name, shape, trainable }: OptimizedWeight) =>
      trainable ? [{ name: slotOf(name), shape }] : [],
    record(graph, weights) {
      for (const { name, shape, trainable, value } of weights) {
        if (!trainable) continue
        const before = graph.variable(slotOf(name), shape)
        // Of a weight that never moves the average is a copy: rounding must not wear it away.
        const average = value
          ? follow(graph, before, value, 'ema/follow')
          : follow(graph, before, graph.variable(name, shape), 'ema/copy')
        graph.update(slotOf(name), average)
        if (value && overwriteFrequency !== null)
          graph.update(name, follow(graph, value, average, 'ema/overwrite'))
      }
    },
    coefficients: step => ({
      'ema/follow': step === 0 ? takeSecond : [momentum, 1 - momentum],
      'ema/copy': takeSecond,
      'ema/overwrite':
        overwriteFrequency !== null && (step + 1) % overwriteFrequency === 0 ? takeSecond : takeFirst,
    }),
    hasBegun: steps => steps > 0,
  }
}
