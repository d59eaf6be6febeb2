import { wholePower } from '../../base/portable-math.js'
import type { SchedulePlace } from '../schedules/schedule.js'
import { type Averages, follow, takeFirst, takeSecond } from './averages.js'

/** The rule of Zhang et al. 2019 has `power: 0` and, where its α is 0.5, `decay: 0.5`. */
export interface LookaheadOptions {
  /** Steps from one meeting of slow and fast weights to the next. Default 5. */
  readonly every?: number
  /** Share of the slow weights that stays at a meeting at the end of training. Default 0.95⁵. */
  readonly decay?: number
  /** How late the share grows: after the share s of all steps it is decay · s ^ power. A whole number. Default 3. */
  readonly power?: number
}

const slotOf = (weight: string): string => `lookahead/${weight}`

/**
 * Lookahead (Zhang et al. 2019), with a decay that grows (Jordan 2024): every so many steps slow ← d·slow + (1 − d)·w, and
 * training goes on from there, w ← slow. The first time slow becomes w; after the last step w becomes slow. It covers
 * everything that moves, moving statistics included: they belong to the weights they were measured with.
 */
export function lookahead({ every, decay, power }: Required<LookaheadOptions>): Averages {
  return {
    config: () => ({ lookahead: { every, decay, power } }),
    slots: ({ name, shape }) => [{ name: slotOf(name), shape }],
    record(graph, weights) {
      for (const { name, shape, value } of weights) {
        const before = graph.variable(slotOf(name), shape)
        // Of a weight that never moves slow is a copy: rounding must not wear it away.
        const slow = value
          ? follow(graph, before, value, 'lookahead/slow')
          : follow(graph, before, graph.variable(name, shape), 'lookahead/copy')
        graph.update(slotOf(name), slow)
        if (value) graph.update(name, follow(graph, value, slow, 'lookahead/fast'))
      }
    },
    coefficients: (_, place) => ({
      ...meeting(place),
      'lookahead/copy': takeSecond,
    }),
    hasBegun: steps => steps >= every,
  }

  function meeting({ step, steps }: SchedulePlace): Record<string, readonly number[]> {
    const done = step + 1
    const meets = done % every === 0
    const isEnd = done === steps && done > every
    const share = done === every ? 0 : decay * wholePower(done / steps, power)
    return {
      'lookahead/slow': meets ? [share, 1 - share] : takeFirst,
      'lookahead/fast': meets || isEnd ? takeSecond : takeFirst,
    }
  }
}
