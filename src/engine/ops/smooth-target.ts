import { channelsOf, take } from './inputs.js'
import type { Op } from './op.js'

/** Label smoothing (Szegedy et al. 2016, "Rethinking the Inception Architecture", section 7), as Keras writes it. */
export const smoothTarget: Op<'smoothTarget'> = {
  shape(_, inputs) {
    const [target] = take('smoothTarget', inputs, 'target')
    channelsOf('smoothTarget', 'target', target)
    return target
  },
  meaning({ smoothing }, inputs, _, output) {
    const [target] = take('smoothTarget', inputs, 'target')
    return target.map(share => share * (1 - smoothing) + smoothing / output.at(-1)!)
  },
  gradient: (record, { attributes }, dy) => [
    record.apply('scale', { factor: 1 - attributes.smoothing }, [dy]),
  ],
}
