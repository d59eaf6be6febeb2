import type { Network } from '../nn/network.js'
import { networkFromName } from '../recipes/index.js'
import { treatedNetwork } from '../recipes/remedies.js'

/** The network of that name for CIFAR-10: pictures of 32×32×3, ten classes. */
export const namedNetwork = (name: string): Network =>
  treatedNetwork(networkFromName(name), [], [32, 32, 3], 10)
