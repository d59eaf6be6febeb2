import type { Network } from '../nn/network.js'

/** The sentence's subject for a whole network: `Sequential "sequential"`. */
export const networkTitle = ({ kind, name }: Network): string =>
  `${kind === 'Sequential' ? kind : 'Model'} "${name}"`
